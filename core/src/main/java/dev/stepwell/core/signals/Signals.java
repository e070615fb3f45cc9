package dev.stepwell.core.signals;

import dev.stepwell.core.training.StepSample;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the steps of a process amount to, at one moment. Immutable.
///
/// @param steps      steps measured
/// @param globalStep of the newest of them; null where it is not known
/// @param loss       of the file in training; null before its first finite loss
/// @param speed      of the process
/// @param sample     what was measured of the newest step of which more was; null before the first
/// @param learnt     files that were asked again after they were learnt
public record Signals(
        long steps,
        @Nullable Long globalStep,
        @Nullable LossFigures loss,
        SpeedFigures speed,
        @Nullable Sample sample,
        List<LearntFile> learnt) {
    /// Before the first step.
    public static final Signals NONE = new Signals(0, null, null, SpeedFigures.NONE, null, List.of());

    public Signals {
        learnt = List.copyOf(learnt);
    }

    /// What was measured of one step, and of which.
    ///
    /// @param globalStep at which it was measured; null where that is not known
    public record Sample(@Nullable Long globalStep, StepSample measured) {}
}
