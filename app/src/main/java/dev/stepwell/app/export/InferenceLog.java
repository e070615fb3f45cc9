package dev.stepwell.app.export;

import dev.stepwell.app.files.AppendFile;
import dev.stepwell.core.training.Preview;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `inference_YYYYMMDD.log`: what the model was asked on a day, and what it answered, a JSON object on a line each.
/// Days that are too old are deleted.
final class InferenceLog implements Sink {
    static final String UNWRITABLE = "inference_log_unwritable";

    private static final Logger LOG = LoggerFactory.getLogger(InferenceLog.class);
    private static final Pattern NAME = Pattern.compile("inference_(\\d{8})\\.log");
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private final Path folder;
    private final ZoneId zone;
    private final int days;
    private @Nullable LocalDate day;
    private @Nullable AppendFile file;
    private @Nullable String training;

    /// @param folder in which they lie, which has to be there
    /// @param zone   in which days begin
    /// @param days   how many are kept, today's included; at least 1
    InferenceLog(Path folder, ZoneId zone, int days) {
        this.folder = folder;
        this.zone = zone;
        this.days = days;
    }

    @Override
    public String alertType() {
        return UNWRITABLE;
    }

    @Override
    public Path place() {
        return folder.resolve("inference_YYYYMMDD.log");
    }

    @Override
    public int write(List<Measured> batch) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        LocalDate of = null;
        String file = training;
        int done = 0;
        for (Measured measured : batch) {
            if (measured instanceof Measured.Previewed previewed) {
                LocalDate its = previewed.at().atZone(zone).toLocalDate();
                if (of != null && !its.equals(of)) {
                    break;
                }
                of = its;
                lines.writeBytes((line(previewed, file) + "\n").getBytes(StandardCharsets.UTF_8));
            } else if (measured instanceof Measured.FileBegun begun) {
                file = begun.name();
            }
            done++;
        }
        if (of != null) {
            opened(of).append(lines.toByteArray());
        }
        training = file;
        return done;
    }

    private static ObjectNode line(Measured.Previewed previewed, @Nullable String file) {
        Preview preview = previewed.preview();
        return JsonMapper.shared()
                .createObjectNode()
                .put("timestamp", previewed.at().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("step", preview.globalStep())
                .put("file", file)
                .put("answer_matches", preview.matches())
                .put("accuracy_percent", previewed.accuracyPercent())
                .put("system_prompt", preview.systemPrompt())
                .put("prompt", preview.prompt())
                .put("golden_answer", preview.goldenAnswer())
                .put("model_answer", preview.modelAnswer());
    }

    private AppendFile opened(LocalDate wanted) throws IOException {
        AppendFile current = file;
        Path path = folder.resolve("inference_%s.log".formatted(DAY.format(wanted)));
        if (current != null && wanted.equals(day) && Files.exists(path)) {
            return current;
        }
        close();
        deleteBefore(wanted.minusDays(days - 1L));
        AppendFile.dropTornLine(path);
        current = AppendFile.open(folder, path);
        file = current;
        day = wanted;
        return current;
    }

    private void deleteBefore(LocalDate first) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile).toList();
        }
        for (Path old : files) {
            if (dayOf(old).filter(its -> its.isBefore(first)).isPresent()) {
                Files.delete(old);
                LOG.info("deleted {}: it is older than {} days", old.getFileName(), days);
            }
        }
    }

    private static Optional<LocalDate> dayOf(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(name.group(1), DAY));
        } catch (DateTimeParseException _) { // Eight digits that are no date: not ours.
            return Optional.empty();
        }
    }

    @Override
    public void close() throws IOException {
        try (AppendFile _ = file) {
            file = null;
        }
    }
}
