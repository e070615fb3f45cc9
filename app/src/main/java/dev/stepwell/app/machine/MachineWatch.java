package dev.stepwell.app.machine;

import dev.stepwell.core.status.MachineFigures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the machine every few seconds, on a thread of its own, and hands on what it saw.
///
/// A look takes some milliseconds of a core, where there is a GPU some tens for its driver's tool.
public final class MachineWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MachineWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /// What a start has to do comes first.
    private static final Duration FIRST = Duration.ofSeconds(2);

    private final Thread thread;

    /// @param look asked until it fails; from then on nothing is known
    MachineWatch(Supplier<MachineFigures> look, Consumer<MachineFigures> heard) {
        thread = Thread.ofPlatform().daemon().name("machine").start(() -> run(look, heard));
    }

    /// Looks at this machine, and at the disk of `folder`, until closed.
    ///
    /// @param heard told on a thread of its own
    public static MachineWatch start(Path folder, Consumer<MachineFigures> heard) {
        return new MachineWatch(new Sensors(folder, new NvidiaSmi("nvidia-smi"))::look, heard);
    }

    private static void run(Supplier<MachineFigures> look, Consumer<MachineFigures> heard) {
        try {
            Thread.sleep(FIRST);
            while (true) {
                heard.accept(look.get());
                Thread.sleep(INTERVAL);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // It was closed.
        } catch (RuntimeException e) {
            // What was seen last would grow old and go on to be shown.
            heard.accept(MachineFigures.UNKNOWN);
            LOG.error("the machine is not looked at any more; training does not need it", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
