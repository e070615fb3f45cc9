package dev.stepwell.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import java.util.stream.Stream;

/// How long each thread of a process ran, and how long it was ready to run but had no core, since it began: what
/// Linux counts in `/proc/PID/task/TID/schedstat` (Documentation/scheduler/sched-stats.rst).
///
/// @param threads by their number
record CoreWaits(Map<String, Times> threads) {
    private static final Times NONE = new Times(0, 0);

    /// @param ran    nanoseconds on a core
    /// @param waited nanoseconds ready, without a core
    record Times(long ran, long waited) {
        Times since(Times earlier) {
            return new Times(ran - earlier.ran, waited - earlier.waited);
        }
    }

    CoreWaits {
        threads = Map.copyOf(threads);
    }

    /// Of the process `pid`, until now.
    static CoreWaits of(long pid) throws IOException {
        List<Path> tasks;
        try (Stream<Path> listed = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            tasks = listed.toList();
        }
        Map<String, Times> threads = new HashMap<>();
        for (Path task : tasks) {
            try {
                StringTokenizer fields = new StringTokenizer(Files.readString(task.resolve("schedstat")));
                threads.put(
                        task.getFileName().toString(),
                        new Times(Long.parseLong(fields.nextToken()), Long.parseLong(fields.nextToken())));
            } catch (NoSuchFileException _) {
                // It ended meanwhile, so it is none of those that compute all the time.
            }
        }
        return new CoreWaits(threads);
    }

    /// Nanoseconds since `earlier` that the `busiest` threads waited, all together: those that ran longest.
    long ofBusiest(int busiest, CoreWaits earlier) {
        return threads.entrySet().stream()
                .map(thread -> thread.getValue().since(earlier.threads.getOrDefault(thread.getKey(), NONE)))
                .sorted(Comparator.comparingLong(Times::ran).reversed())
                .limit(busiest)
                .mapToLong(Times::waited)
                .sum();
    }
}
