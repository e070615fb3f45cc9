package dev.stepwell.app.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folders of runs, one for each process that trained, named after its start; the oldest event files go when all
/// together are too large. What somebody else put there is left alone.
///
/// ```
///  logs/tensorboard/2026-01-31_09-30-00/events.out.tfevents.1769848200.stepwell.4711.000001
/// ```
///
/// Within a run, files are read in the order of their names; they differ in the number at the end alone, so that a
/// clock that is set back cannot change it.
///
/// @param root   `logs/tensorboard`
/// @param budget for all event files together, in bytes
record TensorBoardRuns(Path root, long budget) {
    private static final Logger LOG = LoggerFactory.getLogger(TensorBoardRuns.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss", Locale.ROOT);
    private static final Pattern RUN = Pattern.compile("\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d(_[0-9a-f]{8})?");
    private static final int FILES = 8;
    private static final long SMALLEST_FILE = 1 << 16;

    /// A folder that is not there yet, for a process that began at `startedAt`.
    Path newRun(Instant startedAt, String bootId, ZoneId zone) {
        String name = NAME.format(startedAt.atZone(zone));
        Path run = root.resolve(name);
        return Files.exists(run) ? root.resolve(name + "_" + bootId.substring(0, Math.min(8, bootId.length()))) : run;
    }

    /// The name of a run's file.
    ///
    /// @param number from 1
    static String fileName(Instant startedAt, long pid, int number) {
        return "events.out.tfevents.%010d.stepwell.%d.%06d".formatted(startedAt.getEpochSecond(), pid, number);
    }

    /// Size at which a run's next file is begun.
    long fileSize() {
        return Math.max(SMALLEST_FILE, budget / FILES);
    }

    /// Deletes the oldest event files until there is room for another one.
    ///
    /// @throws IOException if that is not possible
    void makeRoom() throws IOException {
        if (!Files.isDirectory(root)) {
            return;
        }
        List<Path> files = eventFiles();
        long total = 0;
        for (Path file : files) {
            total += Files.size(file);
        }
        for (Path file : files) {
            if (total <= budget - fileSize()) {
                return;
            }
            total -= Files.size(file);
            Files.delete(file);
            LOG.info("deleted {}: TensorBoard's files are larger than they may be", root.relativize(file));
            removeIfEmpty(file.resolveSibling("."));
        }
    }

    private static void removeIfEmpty(Path folder) throws IOException {
        Path run = folder.normalize();
        try (Stream<Path> left = Files.list(run)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(run);
    }

    /// Oldest first.
    private List<Path> eventFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path run : sorted(root, RUN.asMatchPredicate()::test)) {
            files.addAll(sorted(run, name -> name.startsWith("events.out.tfevents.")));
        }
        return files;
    }

    private interface Wanted {
        boolean test(String name);
    }

    private static List<Path> sorted(Path folder, Wanted wanted) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> wanted.test(entry.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }
}
