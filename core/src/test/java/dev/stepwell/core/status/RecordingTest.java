package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
            board.on(new TrainingEvent.EvaluationFinished(Duration.ofSeconds(2), null));
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

    @Test
    void attemptsAlertsAndTheEndAreToldInTheirOrderAndOnce() {
        FileAttempt attempt = new FileAttempt(7, "a.jsonl", 1, Instant.EPOCH, 100);
        AttemptEnd end = new AttemptEnd(FileState.COMPLETED, 101L, null, null, null, null);
        try (var publisher =
                new StatusPublisher(board, Fixtures.PROCESS, Fixtures.LIMITS, folder.resolve("training_status.json"))) {
            publisher.record(Recorder.both(Recorder.NOBODY, new Told()));
            board.fileClaimed("a.jsonl", 1_000, new Progress(100, 0, 50, 1, 1), QueueCounts.NONE);
            board.attemptBegan(attempt);
            board.on(new TrainingEvent.FileStarted(100, 0, 50));
            board.on(Fixtures.step(1));
            board.raise(new Alert("disk_full", Severity.CRITICAL, "no space", 101L));
            board.attemptEnded(attempt, end);
            board.withdraw("disk_full");
            board.crashed(new Failure("Disk", "it broke"));
            board.crashed(new Failure("Disk", "it broke twice"));
        }

        assertThat(told)
                .containsExactly(
                        "attempt 1 at a.jsonl",
                        "file a.jsonl from 100",
                        "step 101",
                        "alerts [disk_full]",
                        "attempt 1 completed",
                        "alerts []",
                        "crashed by it broke");
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
        public void attemptBegan(FileAttempt attempt, Instant at) {
            told.add("attempt %d at %s".formatted(attempt.number(), attempt.file()));
        }

        @Override
        public void attemptEnded(FileAttempt attempt, AttemptEnd end, Instant at) {
            told.add("attempt %d %s".formatted(attempt.number(), end.outcome().word()));
        }

        @Override
        public void alerts(List<Alert> standing, Instant at) {
            told.add("alerts " + standing.stream().map(Alert::type).toList());
        }

        @Override
        public void ended(DaemonState state, @Nullable Failure failure, Instant at) {
            told.add(state.word() + (failure == null ? "" : " by " + failure.message()));
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
