package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jline.terminal.Terminal;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/// The full screen of `watch`: what a daemon does, and keys to ask it for something.
///
/// The calling thread draws and reads keys; one thread looks at the daemon, and each command is asked for on a thread
/// of its own, so that nothing slow keeps the keys from working.
public final class WatchScreen {
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");
    private static final int CTRL_C = 3;
    private static final int ESCAPE = 27;

    private final Watched watched;
    private final InstantSource clock;
    private final Terminal terminal;
    private final Style style;
    private volatile @Nullable Sight sight;
    private volatile String said = "";
    private volatile boolean closing;
    private volatile @Nullable RuntimeException failed;
    private @Nullable WatchKeys unconfirmed;

    WatchScreen(Watched watched, InstantSource clock, Terminal terminal, Style style) {
        this.watched = watched;
        this.clock = clock;
        this.terminal = terminal;
        this.style = style;
    }

    /// Shows it until the user quits.
    ///
    /// @throws IOException if the terminal is gone
    void run() throws IOException {
        Thread eye = Thread.ofPlatform().daemon().name("watch").unstarted(this::keepLooking);
        List<Object> former =
                SIGNALS.stream().map(name -> Signals.register(name, this::end)).toList();
        try (var screen = FullScreen.enter(terminal)) {
            eye.start();
            NonBlockingReader keys = terminal.reader();
            while (!closing) {
                draw(screen);
                int key = keys.read(REDRAW.toMillis());
                if (key != NonBlockingReader.READ_EXPIRED) {
                    pressed(key);
                }
            }
        } finally {
            closing = true;
            eye.interrupt();
            for (int i = 0; i < SIGNALS.size(); i++) {
                Signals.unregister(SIGNALS.get(i), former.get(i));
            }
        }
        RuntimeException mistake = failed;
        if (mistake != null) {
            throw mistake;
        }
    }

    /// Ends in order; at the second signal at once, for the terminal may take nothing any more.
    private void end() {
        if (closing) {
            Runtime.getRuntime().exit(143);
        }
        closing = true;
    }

    private void keepLooking() {
        try {
            while (!closing) {
                sight = watched.look();
                LockSupport.parkNanos(this, LOOK.toNanos());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // A mistake of ours: better no picture than one that stands still.
            failed = e;
            closing = true;
        }
    }

    private void pressed(int key) {
        WatchKeys asked = unconfirmed;
        if (key == 'q' || key == 'Q' || key == CTRL_C || key == NonBlockingReader.EOF) {
            closing = true;
        } else if (asked != null) {
            unconfirmed = null;
            said = "";
            if (key == 'y' || key == 'Y') {
                ask(asked.command());
            }
        } else if (key == ESCAPE) {
            said = "";
        } else if (canAsk()) {
            unconfirmed = WatchKeys.of(key);
        }
    }

    private boolean canAsk() {
        Sight seen = sight;
        return seen != null && seen.locked() == null;
    }

    private void ask(Command command) {
        said = "Asked to " + command.word() + ", waiting for the answer";
        Thread.ofVirtual().start(() -> {
            try {
                said = watched.ask(command);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private String note() {
        WatchKeys asked = unconfirmed;
        return asked == null ? said : asked.question();
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
        List<String> picture = WatchFrame.render(seen, watched.place(), note(), now, width, height, style);
        screen.draw(picture, columns);
    }
}
