package dev.stepwell.app.export;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that was measured, and when it was heard of.
sealed interface Measured {
    Instant at();

    /// About how many bytes of memory it takes.
    default int weight() {
        return 200;
    }

    /// A file is about to be trained.
    record FileBegun(Progress place, String name, Instant at) implements Measured {}

    /// A step is done.
    ///
    /// @param secondsLeft until its file is done; null while that cannot be known
    record Step(
            long globalStep, StepCompleted step, @Nullable Double secondsLeft, Instant at) implements Measured {}

    /// The model was asked a set of rows.
    record Scored(Evaluation evaluation, Instant at) implements Measured {}

    /// The model answered an example.
    ///
    /// @param accuracyPercent of all answers of this process so far
    record Previewed(Preview preview, double accuracyPercent, Instant at) implements Measured {
        @Override
        public int weight() {
            String system = preview.systemPrompt();
            return 400
                    + 2
                            * ((system == null ? 0 : system.length())
                                    + preview.prompt().length()
                                    + preview.goldenAnswer().length()
                                    + preview.modelAnswer().length());
        }
    }
}
