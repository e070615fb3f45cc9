package dev.stepwell.app.config;

import dev.stepwell.core.io.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// `config.json` on disk.
public final class ConfigFile {
    private static final long MAX_BYTES = 1L << 20;

    private ConfigFile() {}

    /// Reads `file`; where there is none, writes one with every default, so that a user sees what can be set.
    ///
    /// @throws ConfigException if the file cannot be read or anything in it is wrong
    /// @throws IOException     if the file with the defaults cannot be written
    public static Config loadOrCreate(Path file) throws IOException {
        if (Files.notExists(file)) {
            AtomicFiles.write(file, defaultsAsJson().getBytes(StandardCharsets.UTF_8));
        }
        return load(file);
    }

    /// Reads `file`; where there is none, every key has its default.
    ///
    /// @throws ConfigException if the file cannot be read or anything in it is wrong
    public static Config load(Path file) {
        return Files.notExists(file) ? Config.defaults() : ConfigParser.parse(content(file), file.toString());
    }

    /// Writes `file`, whole or not at all, with every key: those of `draft` as they are there, the others with their
    /// defaults.
    ///
    /// @throws ConfigException if that is no valid configuration; nothing is written then
    /// @throws IOException     if it cannot be written
    public static void write(Path file, ConfigDraft draft) throws IOException {
        String json = json(draft);
        ConfigParser.parse(json, file.toString());
        AtomicFiles.write(file, json.getBytes(StandardCharsets.UTF_8));
    }

    /// The file that is written at the first start: every key with its default, in order.
    static String defaultsAsJson() {
        return json(new ConfigDraft());
    }

    private static String json(ConfigDraft draft) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            put(tree, key.name(), draft.asJson(key).orElse(null));
        }
        return JsonMapper.builder()
                        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(tree)
                + "\n";
    }

    @SuppressWarnings("unchecked") // A section's value is the map that was put there when its first key came.
    private static void put(Map<String, @Nullable Object> tree, String name, @Nullable Object value) {
        int dot = name.indexOf('.');
        if (dot < 0) {
            tree.put(name, value);
        } else {
            Object section = tree.computeIfAbsent(name.substring(0, dot), _ -> new LinkedHashMap<>());
            put((Map<String, @Nullable Object>) section, name.substring(dot + 1), value);
        }
    }

    private static String content(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw refused(file, "is not a file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw refused(file, "is larger than 1 MiB; a configuration has a few hundred bytes");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw refused(file, "is not UTF-8");
        } catch (IOException e) {
            throw refused(file, "cannot be read (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private static ConfigException refused(Path file, String why) {
        return new ConfigException(file.toString(), List.of(new ConfigProblem(0, why)));
    }
}
