package dev.stepwell.torch.testing;

import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;

/// Gives a signal once a number of steps is done. To be used as listener and as control.
public final class SignalAfter implements StepControl, TrainingListener {
    private final Signal signal;
    private final int steps;
    private int done;

    public SignalAfter(int steps, Signal signal) {
        this.steps = steps;
        this.signal = signal;
    }

    public static SignalAfter stop(int steps) {
        return new SignalAfter(steps, Signal.STOP);
    }

    @Override
    public Signal signal() {
        return done < steps ? Signal.CONTINUE : signal;
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepCompleted) {
            done++;
        }
    }
}
