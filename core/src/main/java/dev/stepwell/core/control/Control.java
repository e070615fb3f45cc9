package dev.stepwell.core.control;

/// The one road by which commands reach the training thread: any thread asks, the training thread looks between steps.
public final class Control implements StepControl {
    private volatile Signal signal = Signal.CONTINUE;
    private volatile Runnable wakeDaemon = () -> {};

    /// Asks for a stop at the next step. Cannot be taken back.
    public void stop() {
        signal = Signal.STOP;
        wakeDaemon.run();
    }

    /// Names what to call, from the thread that asks, when there is something to obey and nothing is being trained.
    /// Must not block. What was asked before is not told: look after calling this.
    public void onSignal(Runnable wake) {
        wakeDaemon = wake;
    }

    public boolean stopRequested() {
        return signal == Signal.STOP;
    }

    @Override
    public Signal signal() {
        return signal;
    }
}
