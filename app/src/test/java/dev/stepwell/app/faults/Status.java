package dev.stepwell.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Waits for what a daemon says of itself.
final class Status {
    private Status() {}

    /// Returns when a version of the status file that `wanted` accepts is there. Woken by the file system.
    static void await(Workshop workshop, Predicate<JsonNode> wanted) throws Exception {
        Path directory = Objects.requireNonNull(workshop.statusFile().getParent());
        Files.createDirectories(directory);
        try (var watcher = directory.getFileSystem().newWatchService()) {
            directory.register(watcher, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
            while (!Files.exists(workshop.statusFile()) || !wanted.test(workshop.status())) {
                WatchKey key = watcher.poll(60, TimeUnit.SECONDS);
                assertThat(key).as("a new status within a minute").isNotNull();
                key.pollEvents();
                key.reset();
            }
        }
    }
}
