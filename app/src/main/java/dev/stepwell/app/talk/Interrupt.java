package dev.stepwell.app.talk;

import dev.stepwell.app.process.ImmediateExit;
import org.jline.utils.Signals;

/// While open, Ctrl-C ends what is being done, and a second one the process.
final class Interrupt implements AutoCloseable {
    private static final String NAME = "INT";
    private static final int KILLED_BY_IT = 130; // What a shell reports of such an end.

    private final ImmediateExit exit = new ImmediateExit();
    private final Object former;
    private volatile boolean asked;

    Interrupt() {
        former = Signals.register(NAME, this::received);
    }

    /// Whether to end.
    boolean asked() {
        return asked;
    }

    private void received() {
        if (asked) {
            exit.now(KILLED_BY_IT);
        }
        asked = true;
    }

    @Override
    public void close() {
        Signals.unregister(NAME, former);
    }
}
