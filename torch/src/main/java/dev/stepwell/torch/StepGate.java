package dev.stepwell.torch;

import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.StepControl.Signal;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import java.io.IOException;

/// Stands between two pieces of work on a file in training, and lets a user's wishes through there.
///
/// A pause inside an optimizer step saves the weights as they were before the step, which they still are, and
/// leaves the gradients summed so far where they are: the step goes on with its next micro-batch.
final class StepGate {
    private final StepControl control;
    private final TrainedModel trained;
    private final FilePlan plan;
    private final CheckpointSaving saving;
    private final TrainingListener listener;
    private long away;

    StepGate(
            StepControl control,
            TrainedModel trained,
            FilePlan plan,
            CheckpointSaving saving,
            TrainingListener listener) {
        this.control = control;
        this.trained = trained;
        this.plan = plan;
        this.saving = saving;
        this.listener = listener;
    }

    /// Waits out a pause, after a checkpoint. One volatile read where nobody asks for anything.
    ///
    /// @param phase what the work is
    /// @return whether to go on; else [#signal] says why not
    /// @throws IOException if the checkpoint could not be saved
    boolean opens(Phase phase) throws IOException {
        Signal signal = control.signal();
        if (signal == Signal.PAUSE) {
            long closed = System.nanoTime();
            signal = afterPause(phase);
            away += System.nanoTime() - closed;
        }
        return signal == Signal.CONTINUE;
    }

    private Signal afterPause(Phase phase) throws IOException {
        if (trained.ahead()) {
            if (!saving.save(plan.cursor())) {
                return control.signal(); // A stop, which came while there was no space.
            }
            listener.on(new TrainingEvent.PhaseChanged(phase));
        }
        Signal signal;
        do {
            control.hold();
            signal = control.signal();
        } while (signal == Signal.PAUSE);
        return signal;
    }

    Signal signal() {
        return control.signal();
    }

    /// Nanoseconds that pauses took until now: no part of the time that work took.
    long away() {
        return away;
    }
}
