package dev.stepwell.core.signals;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Turns the steps of a process into [Signals], one after the other. What a step costs does not grow with
/// their number. Not thread-safe.
///
/// Every file has a loss of its own, which says nothing of the one before: what is said of the loss begins
/// anew with each file, and where weights were rolled back, because the lost steps are not in them any more.
/// The machine stays the same: what is said of speed goes on.
public final class SignalMeter {
    private final SpeedMeter speed = new SpeedMeter();
    private final LearntFiles learnt = new LearntFiles();
    private List<LearntFile> learntNow = List.of();
    private LossMeter loss = new LossMeter();
    private @Nullable Long baseStep;
    private @Nullable Long globalStep;
    private Signals.@Nullable Sample sample;
    private long steps;

    /// A file begins, or goes on after an interruption.
    ///
    /// @param newBaseStep global step of the weights from which it started
    public void fileStarted(long newBaseStep) {
        baseStep = newBaseStep;
        loss = new LossMeter();
        speed.fileStarted();
    }

    /// The weights are those of an older step again.
    public void rolledBack() {
        loss = new LossMeter();
    }

    /// A step is done.
    public void step(StepCompleted step) {
        steps++;
        globalStep = baseStep == null ? null : (Long) (baseStep + step.batchStep());
        if (Double.isFinite(step.loss())) {
            loss.add(step.loss());
        }
        speed.add(step.tokens(), step.nanos() / 1e9);
        if (step.sample() != null) {
            sample = new Signals.Sample(globalStep, step.sample());
        }
    }

    /// The model was asked a set of rows.
    public void evaluated(Evaluation evaluation) {
        if (evaluation.subject() instanceof Subject.Learnt file) {
            learnt.add(file, evaluation);
            learntNow = learnt.all();
        }
    }

    /// What is known now.
    public Signals signals() {
        return new Signals(steps, globalStep, loss.figures(), speed.figures(), sample, learntNow);
    }
}
