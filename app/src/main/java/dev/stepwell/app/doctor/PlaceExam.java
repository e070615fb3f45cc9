package dev.stepwell.app.doctor;

import dev.stepwell.app.config.ConfigException;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The configuration, the folders and the disk they are on.
final class PlaceExam {
    private static final long MEGABYTE = 1 << 20;
    /// What reports, logs and the database need beside checkpoints.
    private static final long SMALL_CHANGE = 64 * MEGABYTE;

    private PlaceExam() {}

    static List<Observation> of(BaseDirectory base) throws IOException {
        List<Observation> seen = new ArrayList<>();
        seen.add(config(base));
        List<Path> folders = List.of(
                base.inbox(),
                base.queue(),
                base.archive(),
                base.failed(),
                base.removed(),
                base.currentModel(),
                base.status(),
                base.logs(),
                base.run());
        List<Path> locked = folders.stream()
                .filter(folder -> Files.isDirectory(folder) && !Files.isWritable(folder))
                .toList();
        locked.forEach(folder ->
                seen.add(Observation.finding("%s/ cannot be written by this user".formatted(folder.getFileName()))));
        if (locked.isEmpty()) {
            seen.add(Observation.fine("every folder can be written"));
        }
        if (Files.isDirectory(base.inbox())
                && Files.isDirectory(base.queue())
                && !Files.getFileStore(base.inbox()).equals(Files.getFileStore(base.queue()))) {
            seen.add(Observation.note("inbox/ is on another file system: files are copied instead of renamed"));
        }
        seen.add(space(base));
        return seen;
    }

    private static Observation config(BaseDirectory base) throws IOException {
        if (Files.notExists(base.config())) {
            return Observation.note("there is no config.json yet");
        }
        try {
            ConfigFile.loadOrCreate(base.config());
            return Observation.fine("config.json is valid");
        } catch (ConfigException e) {
            return Observation.finding(String.valueOf(e.getMessage()));
        }
    }

    private static Observation space(BaseDirectory base) throws IOException {
        long free = Files.getFileStore(base.root()).getUsableSpace();
        long needed = newestCheckpoint(base.currentModel()) + SMALL_CHANGE;
        String words = "%,d MB are free; the next save needs about %,d MB"
                .formatted(free / MEGABYTE, Math.ceilDiv(needed, MEGABYTE));
        return free < needed ? Observation.finding(words) : Observation.fine(words);
    }

    private static long newestCheckpoint(Path model) throws IOException {
        if (!Files.isDirectory(model)) {
            return 0;
        }
        Optional<Path> newest;
        try (Stream<Path> entries = Files.list(model)) {
            newest = entries.filter(entry -> entry.getFileName().toString().startsWith("checkpoint-"))
                    .max(Comparator.comparing(entry -> entry.toFile().lastModified()));
        }
        if (newest.isEmpty()) {
            return 0;
        }
        try (Stream<Path> files = Files.walk(newest.get())) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }
}
