package dev.stepwell.core.control;

/// The one road by which commands reach the training thread: any thread asks, the training thread looks between steps.
public final class Control implements StepControl {
    private volatile Signal signal = Signal.CONTINUE;

    /// Asks for a stop at the next step. Cannot be taken back.
    public void stop() {
        signal = Signal.STOP;
    }

    public boolean stopRequested() {
        return signal == Signal.STOP;
    }

    @Override
    public Signal signal() {
        return signal;
    }
}
