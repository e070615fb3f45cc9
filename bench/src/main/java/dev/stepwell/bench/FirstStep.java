package dev.stepwell.bench;

import dev.stepwell.app.daemon.DaemonProcess;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.torch.TorchTrainer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// Time from the start of a daemon, the JVM being up, to its first optimizer step, when a file of 10,000 rows
/// waits in the inbox. Goal: at most 1.5 s for the default model.
///
/// Ends the process at the first step, because the rest is not measured. The natives are unpacked by an earlier
/// run.
public final class FirstStep {
    private static final int ROWS = 10_000;

    private FirstStep() {}

    /// Prints one line.
    public static void main(String[] args) throws IOException {
        try (BenchPlace place = new BenchPlace()) {
            place.drop(1, ROWS);
            long sinceJvm = System.currentTimeMillis()
                    - ManagementFactory.getRuntimeMXBean().getStartTime();
            long started = System.nanoTime();
            new DaemonProcess(place.place()).run(true, new DaemonProcess.Extension() {
                @Override
                public Trainer around(TorchTrainer trainer, JsonlDataReader reader) {
                    return new Watched(trainer, event -> stopAtFirstStep(event, started, sinceJvm), _ -> {});
                }
            });
        }
    }

    private static void stopAtFirstStep(TrainingEvent event, long started, long sinceJvm) {
        if (event instanceof TrainingEvent.StepCompleted) {
            System.out.printf(
                    Locale.ROOT,
                    "first step of a file of %,d rows after %.2f s (JVM start and making the file: %.2f s before)%n",
                    ROWS,
                    (System.nanoTime() - started) / 1e9,
                    sinceJvm / 1e3);
            Runtime.getRuntime().halt(0);
        }
    }
}
