package dev.stepwell.core.control;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commands as empty files, for scripts written for the original: `.pause`, `.resume`, `.skip` and `.stop`, in
/// `control/` or in the base directory itself.
///
/// A file is noticed within half a second, obeyed like any command, and removed when it has taken effect or was
/// refused. One that is there at start was meant for a daemon that is no more: it is removed, and said so.
public final class ControlFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlFiles.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Map<String, Command> NAMES =
            Map.of(".pause", Command.PAUSE, ".resume", Command.RESUME, ".skip", Command.SKIP, ".stop", Command.STOP);

    private final Control control;
    private final Map<Path, Command> files = new LinkedHashMap<>();
    private final Map<Path, CompletableFuture<Effect>> asked = new HashMap<>();
    private final Set<Path> stuck = new HashSet<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("control-files").daemon(true).unstarted(this::run);

    private ControlFiles(BaseDirectory base, Control control) {
        this.control = control;
        for (Path directory : List.of(directory(base), base.root())) {
            NAMES.forEach((name, command) -> files.put(directory.resolve(name), command));
        }
    }

    /// Begins to look, in `control/`, which is made, and in `base` itself.
    ///
    /// @throws IOException if `control/` cannot be made
    public static ControlFiles watch(BaseDirectory base, Control control) throws IOException {
        Files.createDirectories(directory(base));
        ControlFiles files = new ControlFiles(base, control);
        for (Path file : files.files.keySet()) {
            if (isThere(file)) {
                LOG.warn("{} was there before this daemon: it is removed, not obeyed", file);
                files.remove(file);
            }
        }
        files.thread.start();
        return files;
    }

    private static Path directory(BaseDirectory base) {
        return base.root().resolve("control");
    }

    private void run() {
        try {
            do {
                look();
            } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        stuck.removeIf(file -> !isThere(file));
        files.forEach((file, command) -> {
            if (!asked.containsKey(file) && !stuck.contains(file) && isThere(file)) {
                asked.put(file, control.ask(command));
            }
        });
        asked.entrySet().removeIf(request -> {
            if (!request.getValue().isDone()) {
                return false;
            }
            answered(request.getKey(), request.getValue().join());
            return true;
        });
    }

    private void answered(Path file, Effect effect) {
        switch (effect) {
            case Effect.Done _ -> LOG.info("{}: done", file);
            case Effect.Refused refused ->
                LOG.warn("{}: refused, because {}", file, refused.reason().text());
        }
        remove(file);
    }

    private void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            stuck.add(file); // Not to be obeyed again and again.
            LOG.warn("{} cannot be removed; remove it before it is used again: {}", file, e.toString());
        }
    }

    private static boolean isThere(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// Ends the looking and removes what has taken effect. To be called when the daemon has ended.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
            awaitAnswers();
            look();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A daemon that has ended has answered everything, but on threads that may still be about to.
    private void awaitAnswers() throws InterruptedException {
        try {
            CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            LOG.warn("the daemon ended without an answer to {}", asked.keySet());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer that failed", e);
        }
    }
}
