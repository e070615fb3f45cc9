package dev.stepwell.torch.testing;

import dev.stepwell.core.training.StepControl;

/// Pauses when it is asked for the nth time, looks around, and lets training go on.
public final class PauseAt implements StepControl {
    private final int question;
    private final Runnable look;
    private int asked;
    private boolean paused;
    private boolean over;

    /// @param question from 1
    /// @param look     called while training waits
    public PauseAt(int question, Runnable look) {
        this.question = question;
        this.look = look;
    }

    @Override
    public Signal signal() {
        if (!paused && !over && ++asked == question) {
            paused = true;
        }
        return paused ? Signal.PAUSE : Signal.CONTINUE;
    }

    @Override
    public void hold() {
        look.run();
        paused = false;
        over = true;
    }

    /// Whether training waited.
    public boolean held() {
        return over;
    }
}
