package dev.stepwell.data;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The fixed validation set: all files `*.jsonl` and `*.json` of a folder, in the order of their names. Read again when
/// one of them has changed. Not thread-safe.
public final class ValidationFolder implements ValidationSet {
    /// Rows of each file that are asked at most, spread evenly over it.
    public static final int MOST_ROWS = 2_048;

    private static final Logger LOG = LoggerFactory.getLogger(ValidationFolder.class);

    private final Path folder;
    private final JsonlDataReader reader;
    private List<Look> looks = List.of();
    private List<Part> parts = List.of();

    private record Look(
            Path file,
            long bytes,
            FileTime modified,
            @Nullable Object key) {
        static Look at(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Look(file, attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        }
    }

    /// @param folder need not exist
    public ValidationFolder(Path folder, JsonlDataReader reader) {
        this.folder = folder;
        this.reader = reader.withPreviews(MOST_ROWS);
    }

    /// The rows as they are now. What could not be trained is left out, and said once in the log.
    @Override
    public List<Part> parts() throws IOException {
        List<Look> now = looks();
        if (now.equals(looks)) {
            return parts;
        }
        List<Part> read = new ArrayList<>();
        for (Look look : now) {
            TrainingData data = reader.read(look.file());
            String name = look.file().getFileName().toString();
            said(name, data);
            if (!data.sample().isEmpty()) {
                read.add(new Part(name, data.sample()));
            }
        }
        looks = now;
        parts = List.copyOf(read);
        return parts;
    }

    private static void said(String name, TrainingData data) {
        RowLedger ledger = data.ledger();
        LOG.info(
                "validation/{}: {} rows, of which {} are asked",
                name,
                ledger.rows(),
                data.sample().size());
        for (RowRejection rejection : ledger.rejections()) {
            LOG.warn("validation/{} line {}: {}; it is left out", name, rejection.line(), rejection.reason());
        }
    }

    private List<Look> looks() throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(ValidationFolder::isData).sorted().toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
        List<Look> found = new ArrayList<>();
        for (Path file : files) {
            found.add(Look.at(file));
        }
        return List.copyOf(found);
    }

    private static boolean isData(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".")
                && (name.endsWith(".jsonl") || name.endsWith(".json"))
                && Files.isRegularFile(file);
    }
}
