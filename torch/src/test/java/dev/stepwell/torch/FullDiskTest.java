package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.StepControl.Signal;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.CheckpointSaved;
import dev.stepwell.core.training.TrainingEvent.RolledBack;
import dev.stepwell.core.training.TrainingEvent.SpaceFound;
import dev.stepwell.core.training.TrainingEvent.WaitingForSpace;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.testing.SmallDisk;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On real disks, too small or not to be written to. A file has 7 steps, and a checkpoint every second.
class FullDiskTest {
    private static final TrainerConfig CONFIG = new Tiny.Settings().saveSteps(2).build();

    @TempDir
    private Path directory;

    @Test
    void trainingWaitsForSpaceBeforeItSavesAndEndsBitForBitAsIfThereHadAlwaysBeenSome() throws IOException {
        Trainers.trainAll(directory.resolve("alone"), CONFIG, 1);
        try (SmallDisk disk = SmallDisk.on(directory.resolve("disk"), "size=24m");
                TorchTrainer trainer = Trainers.in(disk.root().resolve("model"), CONFIG)) {
            trainer.open(_ -> {});
            disk.fill();
            Recorder recorder = new Recorder();
            TrainingOutcome outcome =
                    trainer.train(Trainers.job(1), both(recorder, WaitingForSpace.class, disk::free), Trainers.GO_ON);

            assertThat(outcome).isInstanceOf(TrainingOutcome.Completed.class);
            assertThat(recorder.of(WaitingForSpace.class)).singleElement().satisfies(waiting -> {
                assertThat(waiting.space().free()).isZero();
                assertThat(waiting.space().shortage()).contains("model", "are needed", "0 B are free");
            });
            assertThat(recorder.of(SpaceFound.class)).hasSize(1);
            assertThat(recorder.of(CheckpointSaved.class))
                    .extracting(CheckpointSaved::globalStep)
                    .containsExactly(2L, 4L, 6L, 7L);
            assertSameWeights(disk.root().resolve("model"));
        }
    }

    @Test
    void whoStopsWhileTheDiskIsFullIsObeyedAndTheStepsThatWereNotSavedAreDoneAgain() throws IOException {
        Trainers.trainAll(directory.resolve("alone"), CONFIG, 1);
        try (SmallDisk disk = SmallDisk.on(directory.resolve("disk"), "size=24m")) {
            Path model = disk.root().resolve("model");
            AtomicBoolean stop = new AtomicBoolean();
            StepControl control = () -> stop.get() ? Signal.STOP : Signal.CONTINUE;
            try (TorchTrainer trainer = Trainers.in(model, CONFIG)) {
                trainer.open(_ -> {});
                TrainingListener listener = both(
                        both(new Recorder(), CheckpointSaved.class, disk::fill),
                        WaitingForSpace.class,
                        () -> stop.set(true));
                TrainingOutcome outcome = trainer.train(Trainers.job(1), listener, control);
                assertThat(outcome).isInstanceOf(TrainingOutcome.Interrupted.class);
                assertThat(outcome.globalStep()).isEqualTo(2);
                assertThat(outcome.ledger().rowsTrained()).isEqualTo(16);
            }
            disk.free();
            assertThat(Trainers.trainAll(model, CONFIG, 1)).isInstanceOf(TrainingOutcome.Completed.class);
            assertSameWeights(model);
        }
    }

    @Test
    void aSaveThatFailsHalfWayForWantOfSpaceLeavesNothingBehindAndIsTriedAgain() throws IOException {
        Trainers.trainAll(directory.resolve("alone"), CONFIG, 1);
        // Bytes there are, but not enough inodes for a checkpoint.
        try (SmallDisk disk = SmallDisk.on(directory.resolve("disk"), "size=24m,nr_inodes=64");
                TorchTrainer trainer = Trainers.in(disk.root().resolve("model"), CONFIG)) {
            trainer.open(_ -> {});
            List<Path> hogs = new ArrayList<>();
            for (int i = 0; i < 57; i++) {
                hogs.add(Files.writeString(disk.root().resolve("hog" + i), "x"));
            }
            List<String> left = new ArrayList<>();
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.train(
                    Trainers.job(1),
                    both(recorder, WaitingForSpace.class, () -> {
                        left.addAll(names(disk.root().resolve("model")));
                        for (Path hog : hogs) {
                            Files.delete(hog);
                        }
                    }),
                    Trainers.GO_ON);

            assertThat(outcome).isInstanceOf(TrainingOutcome.Completed.class);
            assertThat(left).isEmpty();
            assertThat(recorder.of(WaitingForSpace.class))
                    .singleElement()
                    .satisfies(waiting -> assertThat(waiting.space().shortage()).contains("inodes"));
            assertSameWeights(disk.root().resolve("model"));
        }
    }

    @Test
    void aFolderThatMayNotBeWrittenToIsNotTheFilesFault() throws IOException {
        Path model = directory.resolve("model");
        Trainers.trainAll(directory.resolve("alone"), CONFIG, 1);
        try (TorchTrainer trainer = Trainers.in(model, CONFIG)) {
            trainer.open(_ -> {});
            TrainingOutcome outcome;
            try (SmallDisk _ = SmallDisk.on(model, "size=24m,ro")) {
                outcome = trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
            }
            assertThat(outcome).isInstanceOf(TrainingOutcome.Aborted.class);
            assertThat(((TrainingOutcome.Aborted) outcome).type()).isEqualTo("NotPermitted");
            assertThat(((TrainingOutcome.Aborted) outcome).message()).contains("step 2", "Read-only file system");
            assertThat(outcome.globalStep()).isZero();
            assertThat(outcome.ledger().rowsTrained()).isZero();

            Recorder recorder = new Recorder();
            assertThat(trainer.train(Trainers.job(1), recorder, Trainers.GO_ON))
                    .isInstanceOf(TrainingOutcome.Completed.class);
            assertThat(recorder.of(RolledBack.class)).singleElement().matches(back -> back.toStep() == 0);
        }
        assertSameWeights(model);
    }

    private void assertSameWeights(Path model) {
        for (String file : List.of("model.safetensors", "optimizer.safetensors")) {
            assertThat(model.resolve("checkpoint-7").resolve(file))
                    .hasSameBinaryContentAs(
                            directory.resolve("alone/checkpoint-7").resolve(file));
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private interface Act {
        void run() throws IOException;
    }

    /// Passes events on, and acts at the first of a type.
    private static TrainingListener both(TrainingListener next, Class<? extends TrainingEvent> type, Act act) {
        AtomicBoolean acted = new AtomicBoolean();
        return event -> {
            next.on(event);
            if (type.isInstance(event) && acted.compareAndSet(false, true)) {
                try {
                    act.run();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
