package dev.stepwell.app.daemon;

import dev.stepwell.app.process.ImmediateExit;
import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Control;
import java.util.List;
import java.util.function.Consumer;
import org.jline.utils.Signals;

/// While open, SIGINT, SIGTERM and SIGHUP ask the daemon to stop at the next step, and a second one ends the process at
/// once: a crash, which the next start repairs.
final class StopSignals implements AutoCloseable {
    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

    private final ImmediateExit exit = new ImmediateExit();
    private final Control control;
    private final Consumer<String> say;
    private final List<Object> former;

    /// @param say tells the user, from the signal's thread
    StopSignals(Control control, Consumer<String> say) {
        this.control = control;
        this.say = say;
        this.former = NAMES.stream()
                .map(name -> Signals.register(name, () -> received(name)))
                .toList();
    }

    private void received(String name) {
        if (control.stopRequested()) {
            exit.now(name.equals("INT") ? 130 : 143); // What a shell reports of such an end.
        }
        var _ = control.ask(Command.STOP);
        say.accept("Stopping after this step, with a checkpoint. Once more to end at once.");
    }

    @Override
    public void close() {
        for (int i = 0; i < NAMES.size(); i++) {
            Signals.unregister(NAMES.get(i), former.get(i));
        }
    }
}
