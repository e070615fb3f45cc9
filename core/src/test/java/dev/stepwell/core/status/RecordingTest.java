package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    Path folder;

    private final StatusBoard board = new StatusBoard();
    private final List<String> told = new ArrayList<>();

    @Test
    void stepsHaveTheirPlaceInTheModelsLifeWhateverFileCameNext() {
        try (var publisher =
                new StatusPublisher(board, Fixtures.PROCESS, Fixtures.LIMITS, folder.resolve("training_status.json"))) {
            publisher.record(Recorder.both(Recorder.NOBODY, new Told()));
            start("a.jsonl", 100, 40);
            board.on(Fixtures.step(41));
            board.on(Fixtures.preview(141, "golden"));
            board.on(new TrainingEvent.CheckpointSaved(141, folder, Duration.ofSeconds(3)));
            board.on(new TrainingEvent.EvaluationFinished(Duration.ofSeconds(2)));
            start("b.jsonl", 141, 0);
            board.on(Fixtures.step(1));
            board.on(new TrainingEvent.RolledBack(142, 130, "a test"));
            board.on(Fixtures.step(1));
        }

        assertThat(told)
                .containsExactly(
                        "file a.jsonl from 100",
                        "step 141",
                        "preview 100.0",
                        "checkpoint 141 in PT3S",
                        "evaluation of PT2S",
                        "file b.jsonl from 141",
                        "step 142",
                        "step 131");
    }

    private void start(String name, long base, long batchStep) {
        board.fileClaimed(name, 1_000, new Progress(base, 0, 50, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(base, batchStep, 50));
    }

    private final class Told implements Recorder {
        @Override
        public void step(long globalStep, StepCompleted step, Instant at) {
            told.add("step " + globalStep);
        }

        @Override
        public void fileStarted(long baseStep, String name, Instant at) {
            told.add("file %s from %d".formatted(name, baseStep));
        }

        @Override
        public void checkpointSaved(long globalStep, Duration took, Instant at) {
            told.add("checkpoint %d in %s".formatted(globalStep, took));
        }

        @Override
        public void evaluated(Duration took, Instant at) {
            told.add("evaluation of " + took);
        }

        @Override
        public void previewed(Preview preview, double accuracyPercent, Instant at) {
            told.add("preview " + accuracyPercent);
        }
    }
}
