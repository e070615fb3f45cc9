package dev.stepwell.monitor.terminal;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jline.utils.Signals;

/// While open, signals that would end or stop the process are only noted, so that it can give the terminal back first.
final class ScreenSignals implements AutoCloseable {
    private static final String STOP = "TSTP";
    private static final String CONTINUE = "CONT";
    private static final Map<String, Integer> ENDS = Map.of("HUP", 1, "INT", 2, "TERM", 15);
    /// What a shell adds to the number of the signal that ended a process.
    private static final int ENDED_BY = 128;

    private final Map<String, Object> former = new LinkedHashMap<>();
    private volatile int end;
    private volatile boolean stop;
    private volatile boolean continued;

    ScreenSignals() {
        ENDS.forEach((name, number) -> register(name, () -> end(number)));
        register(STOP, this::stop);
        register(CONTINUE, () -> continued = true);
    }

    private void register(String name, Runnable handler) {
        former.put(name, Signals.register(name, handler));
    }

    private void unregister(String name) {
        Signals.unregister(name, former.remove(name));
    }

    /// In order; at the second signal at once, for the terminal may take nothing any more.
    private void end(int number) {
        if (end != 0) {
            Runtime.getRuntime().exit(ENDED_BY + number);
        }
        end = number;
    }

    /// As if the process had been asked to stop.
    void stop() {
        stop = true;
    }

    /// The exit code of what was asked to end; 0 if it was not.
    int exitCode() {
        return end == 0 ? 0 : ENDED_BY + end;
    }

    /// Whether the process was asked to stop; once for each time.
    boolean takeStop() {
        boolean asked = stop;
        stop = false;
        return asked;
    }

    /// Whether the process goes on after a stop; once for each time.
    boolean takeContinued() {
        boolean so = continued;
        continued = false;
        return so;
    }

    /// Stops this process and those it was started with, as the key would have. Returns when it is continued, and at
    /// once where nobody could do that.
    void stopNow() throws IOException, InterruptedException {
        unregister(STOP);
        try {
            new ProcessBuilder("sh", "-c", "kill -TSTP 0")
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        } finally {
            register(STOP, this::stop);
        }
    }

    @Override
    public void close() {
        former.forEach(Signals::unregister);
    }
}
