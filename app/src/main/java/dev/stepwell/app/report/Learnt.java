package dev.stepwell.app.report;

import dev.stepwell.core.history.AttemptHistory;
import dev.stepwell.core.history.PastEvaluation;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An attempt at a file, with what the model knew of the fixed validation set before and after it.
///
/// @param before null if it was not asked
/// @param after  null if it was not asked
public record Learnt(
        AttemptHistory history,
        @Nullable Score before,
        @Nullable Score after) {

    /// `history` with those of `evaluations` that are of it.
    static Learnt of(AttemptHistory history, List<PastEvaluation> evaluations) {
        Score before = null;
        Score after = null;
        AttemptEnd end = history.end();
        long last = end == null || end.step() == null ? Long.MAX_VALUE : end.step();
        for (PastEvaluation past : evaluations) {
            Evaluation evaluation = past.evaluation();
            if (evaluation.fileId() != history.attempt().fileId()
                    || !(evaluation.subject() instanceof Subject.Fixed)
                    || evaluation.globalStep() < history.attempt().baseStep()
                    || evaluation.globalStep() > last) {
                continue;
            }
            if (evaluation.occasion() == Occasion.BEFORE && before == null) {
                before = evaluation.score();
            } else if (evaluation.occasion() == Occasion.AFTER) {
                after = evaluation.score();
            }
        }
        return new Learnt(history, before, after);
    }

    long id() {
        return history.attempt().fileId();
    }

    String name() {
        return history.attempt().file();
    }

    /// From its beginning to its end, stops included; null if it has not ended.
    @Nullable
    Duration took() {
        return history.endedAt() == null
                ? null
                : Duration.between(history.attempt().beganAt(), history.endedAt());
    }

    AttemptEnd.@Nullable Rows rows() {
        return history.end() == null ? null : history.end().rows();
    }

    boolean completed() {
        return history.end() != null && history.end().outcome() == FileState.COMPLETED;
    }

    /// In a word, how it ended.
    ///
    /// @param running whether a daemon runs, so that what has not ended is in training
    String outcome(boolean running) {
        return history.end() != null ? history.end().outcome().word() : running ? "training" : "not ended";
    }
}
