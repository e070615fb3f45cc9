package dev.stepwell.core.history;

import dev.stepwell.core.history.RunHistory.Keeping;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// Histories as processes keep them, and what they are told.
final class Histories {
    static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

    private Histories() {}

    /// Of a process that starts at [#START], without a bound.
    static Keeping keeping(String bootId) {
        return keeping(bootId, START, Long.MAX_VALUE);
    }

    static Keeping keeping(String bootId, Instant startedAt, long budget) {
        return new Keeping(new ProcessIdentity(4711, bootId, startedAt), "1.2.3", budget);
    }

    /// A history that can be written.
    static RunHistory open(Path database, String bootId) {
        return open(database, keeping(bootId));
    }

    static RunHistory open(Path database, Keeping keeping) {
        return RunHistory.open(database, keeping, new RunHistory.Outages() {
            @Override
            public void began(String problem) {
                throw new AssertionError(problem);
            }

            @Override
            public void over() {
                throw new AssertionError("nothing was wrong");
            }
        });
    }

    static StepCompleted step(long batchStep, double loss) {
        return new StepCompleted(batchStep, 0, loss, 2e-4, 0.5, 1_000, 100_000_000);
    }

    /// Of ten rows, all judged.
    static Evaluation evaluation(
            long step, Occasion occasion, long fileId, Subject subject, double crossEntropy, int right) {
        return new Evaluation(
                step,
                occasion,
                fileId,
                fileId + ".jsonl",
                subject,
                new Score(10, 12, crossEntropy, 10, right, 0.25),
                Duration.ofMillis(1_500));
    }

    static Subject learnt(long fileId) {
        return new Subject.Learnt(fileId, fileId + ".jsonl");
    }
}
