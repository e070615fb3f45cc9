package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/// The full screen of `watch`: what a daemon does, and keys to ask it for something.
///
/// The calling thread draws and reads keys; one thread looks at the daemon, and each command is asked for on a thread
/// of its own, so that nothing slow keeps the keys from working.
final class WatchScreen {
    private static final Duration REDRAW = Duration.ofMillis(200);

    private final Watched watched;
    private final InstantSource clock;
    private final Terminal terminal;
    private final Style style;
    private final FutureTask<Void> looking = new FutureTask<>(this::keepLooking, null);
    private final Dialogue dialogue = new Dialogue();
    private volatile @Nullable Sight sight;
    private @Nullable FutureTask<String> asking;
    private boolean quit;

    WatchScreen(Watched watched, InstantSource clock, Terminal terminal, Style style) {
        this.watched = watched;
        this.clock = clock;
        this.terminal = terminal;
        this.style = style;
    }

    /// Shows it until the user quits. A signal ends the process, when the terminal is given back.
    ///
    /// @throws IOException      if the terminal is gone
    /// @throws RuntimeException if there is nothing to be seen any more
    void run() throws IOException, InterruptedException {
        Thread eye = Thread.ofPlatform().daemon().name("watch").unstarted(looking);
        int exitCode;
        try (var signals = new ScreenSignals();
                var screen = FullScreen.open(terminal)) {
            Keys keys = new Keys(terminal.reader());
            eye.start();
            while (!quit && signals.exitCode() == 0 && !looking.isDone()) {
                hear();
                draw(screen);
                pressed(keys.next(REDRAW.toMillis()), screen, signals);
                if (signals.takeStop()) {
                    screen.leave();
                    signals.stopNow();
                    screen.enter();
                }
                if (signals.takeContinued()) {
                    screen.enter();
                }
            }
            exitCode = signals.exitCode();
        } finally {
            eye.interrupt();
        }
        if (exitCode != 0) {
            Runtime.getRuntime().exit(exitCode);
        }
        if (looking.isDone()) {
            result(looking);
        }
    }

    private void keepLooking() {
        try {
            while (!Thread.interrupted()) {
                sight = watched.next();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// What `task` came to. Its failure is one here: better no picture than one that stands still.
    private static <T> T result(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException mistake -> throw mistake;
                case Error mistake -> throw mistake;
                case null, default -> throw new IllegalStateException("what watches throws no other", e);
            }
        }
    }

    private void hear() throws InterruptedException {
        FutureTask<String> asked = asking;
        if (asked != null && asked.isDone()) {
            asking = null;
            dialogue.answered(result(asked), clock.instant());
        }
    }

    private void pressed(int key, FullScreen screen, ScreenSignals signals) {
        switch (key) {
            case Keys.NONE -> {}
            case 'q', 'Q', Keys.CTRL_C, Keys.END -> quit = true;
            case Keys.CTRL_L -> screen.forget();
            case Keys.CTRL_Z -> signals.stop();
            default -> {
                Sight seen = sight;
                if (seen != null) {
                    dialogue.pressed(key, seen, clock.instant()).ifPresent(this::ask);
                }
            }
        }
    }

    private void ask(Command command) {
        FutureTask<String> asked = new FutureTask<>(() -> watched.ask(command));
        asking = asked;
        Thread.ofVirtual().name("ask").start(asked);
    }

    private void draw(FullScreen screen) {
        Sight seen = sight;
        if (seen == null) {
            return;
        }
        Instant now = clock.instant();
        var size = terminal.getSize();
        int columns = size.getColumns() > 0 ? size.getColumns() : 80;
        int height = size.getRows() > 0 ? size.getRows() : 24;
        // The last column stays free: a character there would break the line on some terminals.
        int width = Math.max(1, columns - 1);
        List<String> picture = WatchFrame.render(seen, watched.place(), dialogue.note(now), now, width, height, style);
        screen.draw(picture, columns);
    }
}
