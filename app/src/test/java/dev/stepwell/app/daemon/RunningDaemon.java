package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Waits for a daemon, in this process or another.
public final class RunningDaemon {
    private RunningDaemon() {}

    /// Returns when a version of the status file that `wanted` accepts is there. Woken by the file system.
    public static void awaitStatus(Workshop workshop, Predicate<JsonNode> wanted) throws Exception {
        await(
                workshop.root().resolve("status"),
                () -> Files.exists(workshop.statusFile()) && wanted.test(workshop.status()));
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    /// Returns when `condition` holds, which depends on what is in `directory`.
    static void await(Path directory, Condition condition) throws Exception {
        Files.createDirectories(directory);
        try (var watcher = directory.getFileSystem().newWatchService()) {
            directory.register(
                    watcher,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            while (!condition.holds()) {
                WatchKey key = watcher.poll(60, TimeUnit.SECONDS);
                assertThat(key).as("a change within a minute").isNotNull();
                key.pollEvents();
                key.reset();
            }
        }
    }
}
