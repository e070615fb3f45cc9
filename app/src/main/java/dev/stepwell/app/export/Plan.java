package dev.stepwell.app.export;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The file in training, as the steps that come know it.
///
/// @param place  where it began in this process
/// @param began  when
/// @param tokens that went through the model since then
record Plan(Progress place, Instant began, long tokens) {
    /// Of a file that has just begun.
    static Plan of(Measured.FileBegun file) {
        return new Plan(file.place(), file.at(), 0);
    }

    /// This, if `step` is one of its file's; null if the file that `step` belongs to was not heard of, or was taken
    /// back to older weights.
    static @Nullable Plan of(@Nullable Plan plan, Measured.Step step) {
        long base = step.globalStep() - step.step().batchStep();
        return plan == null || plan.place.baseStep() != base ? null : plan;
    }

    /// The same after `step`.
    Plan with(StepCompleted step) {
        return new Plan(place, began, tokens + step.tokens());
    }

    /// Global step at the end of the file.
    long totalSteps() {
        return place.totalSteps();
    }

    /// Passes over the file that are done after a step, with the share of the one under way: each has as many steps.
    ///
    /// @param epochs passes in all
    double epoch(StepCompleted step, int epochs) {
        return (double) step.batchStep() * epochs / Math.max(1, place.batchTotalSteps());
    }
}
