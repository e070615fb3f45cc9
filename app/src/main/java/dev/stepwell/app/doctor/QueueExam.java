package dev.stepwell.app.doctor;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.Disorder;
import dev.stepwell.core.queue.QueueCheckup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The database, the directories of the queue, temporary files, and the clock by which they are dated.
final class QueueExam {
    /// Clocks of one machine agree better than this.
    private static final Duration TOLERATED = Duration.ofMinutes(1);

    private QueueExam() {}

    static List<Observation> of(BaseDirectory base, boolean working, InstantSource clock) throws IOException {
        QueueCheckup checkup = QueueCheckup.of(base);
        List<Observation> seen = new ArrayList<>();
        if (Files.notExists(base.database())) {
            seen.add(Observation.note("there is no database yet"));
        } else if (checkup.damage().isEmpty()) {
            seen.add(Observation.fine("the database passes SQLite's integrity check"));
        }
        checkup.damage().forEach(damage -> seen.add(Observation.finding("database: " + damage)));
        if (working) {
            seen.add(Observation.note("database and directories were not compared: the daemon is moving files"));
        } else {
            for (Disorder disorder : checkup.disorders()) {
                seen.add(Observation.finding(
                        "%s; at the next start: %s".formatted(disorder.found(), disorder.remedy())));
            }
            if (checkup.damage().isEmpty() && checkup.disorders().isEmpty()) {
                seen.add(Observation.fine("database and directories agree"));
            }
            leftovers(base, seen);
        }
        clock(checkup, clock.instant(), seen);
        return seen;
    }

    /// Those of `status/` and `run/` are overwritten by the next write, not removed by recovery.
    private static void leftovers(BaseDirectory base, List<Observation> seen) throws IOException {
        for (Path directory : List.of(base.status(), base.run())) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> entries = Files.list(directory)) {
                    entries.filter(entry ->
                                    AtomicFiles.isAside(entry.getFileName().toString()))
                            .forEach(entry -> seen.add(Observation.note(
                                    "a temporary file %s; the next write replaces it".formatted(entry.getFileName()))));
                }
            }
        }
    }

    private static void clock(QueueCheckup checkup, Instant now, List<Observation> seen) {
        checkup.latest().ifPresent(latest -> {
            if (latest.isAfter(now.plus(TOLERATED))) {
                seen.add(Observation.finding(
                        "the clock was set back, or is wrong: it is %s, and the database knows of %s. Order and progress do not depend on it; dates and durations do"
                                .formatted(now, latest)));
            } else {
                seen.add(Observation.fine("the clock is not behind the database"));
            }
        });
    }
}
