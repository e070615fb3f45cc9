package dev.stepwell.app.faults;

import dev.stepwell.app.cli.Operations.Place;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.daemon.DaemonProcess;
import dev.stepwell.app.logging.Logging;
import dev.stepwell.core.daemon.DaemonExit;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.torch.TorchTrainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A real daemon that drains its queue and dies whenever it has done step `STEP` of the file `NAME`, as one does
/// whose rows make native code crash: `DeadlyFileMain NAME STEP --base-dir DIR`.
public final class DeadlyFileMain {
    private DeadlyFileMain() {}

    public static void main(String[] args) throws IOException {
        BaseDirectory base = new BaseDirectory(Path.of(args[3]));
        base.create();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        Sigkill kill = new Sigkill();
        try (Logging logging = Logging.start(base, out::println)) {
            Place place = new Place(base, ConfigFile.loadOrCreate(base.config()), logging, false, out);
            DaemonExit exit = new DaemonProcess(place).run(true, new DaemonProcess.Extension() {
                @Override
                public Trainer around(TorchTrainer trainer, JsonlDataReader reader) {
                    return new Deadly(trainer, args[0], Long.parseLong(args[1]), kill);
                }
            });
            System.exit(exit instanceof DaemonExit.Drained ? 0 : 1);
        }
    }

    private record Deadly(Trainer trainer, String name, long step, Sigkill kill) implements Trainer {
        @Override
        public OpenedModel open(TrainingListener listener) {
            return trainer.open(listener);
        }

        @Override
        public TrainingOutcome train(TrainingJob job, TrainingListener listener, StepControl control) {
            return trainer.train(
                    job,
                    event -> {
                        listener.on(event);
                        if (event instanceof TrainingEvent.StepCompleted done
                                && job.name().equals(name)
                                && done.batchStep() == step) {
                            kill.now();
                        }
                    },
                    control);
        }

        @Override
        public void close() {
            trainer.close();
        }
    }
}
