package dev.stepwell.core.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits for something to happen in a set of directories, as long as the system can watch them; else for time to pass.
///
/// [#close] may be called by any thread and ends every wait; the rest belongs to one thread.
final class InboxWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InboxWatcher.class);

    private final @Nullable WatchService service;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Path, WatchKey> keys = new HashMap<>();
    private boolean complained;

    InboxWatcher(FileSystem fileSystem) {
        WatchService made = null;
        try {
            made = fileSystem.newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            complain(e);
        }
        service = made;
    }

    /// Watches exactly `directories` from now on.
    ///
    /// @return whether one of them was not watched before: what came into it until now was not noticed
    boolean watch(List<Path> directories) {
        Set<Path> wanted = new HashSet<>(directories);
        keys.forEach((directory, key) -> {
            if (!wanted.contains(directory)) {
                key.cancel();
            }
        });
        keys.values().removeIf(key -> !key.isValid()); // Cancelled, or its directory was deleted.
        boolean added = false;
        for (Path directory : directories) {
            added |= !keys.containsKey(directory) && register(directory);
        }
        return added;
    }

    private boolean register(Path directory) {
        if (service == null || isClosed()) {
            return false;
        }
        try {
            keys.put(
                    directory,
                    directory.register(
                            service, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY));
            return true;
        } catch (IOException e) {
            complain(e);
            return false;
        } catch (ClosedWatchServiceException _) {
            return false;
        }
    }

    /// Returns when something happened, after `atMost`, or when this is closed.
    ///
    /// @return whether something happened
    boolean await(Duration atMost) throws InterruptedException {
        if (service == null) {
            pause(atMost);
            return false;
        }
        try {
            WatchKey key = service.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
            boolean happened = key != null;
            while (key != null) {
                key.pollEvents();
                key.reset();
                key = service.poll();
            }
            return happened;
        } catch (ClosedWatchServiceException _) {
            return false;
        }
    }

    /// Returns after `time`, or when this is closed.
    void pause(Duration time) throws InterruptedException {
        closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    boolean isClosed() {
        return closed.getCount() == 0;
    }

    @Override
    public void close() {
        closed.countDown();
        if (service != null) {
            try {
                service.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot stop watching the inbox", e);
            }
        }
    }

    private void complain(Exception e) {
        if (!complained) {
            complained = true;
            LOG.warn(
                    "the inbox cannot be watched ({}): new files are noticed every poll_interval instead",
                    e.toString());
        }
    }
}
