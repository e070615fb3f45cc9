package dev.stepwell.core.daemon;

import dev.stepwell.core.queue.AttemptMeasures;
import dev.stepwell.core.queue.Claim;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/// Passes an attempt's events on and remembers what its report will need. Belongs to the training thread.
final class AttemptObserver implements TrainingListener {
    private final TrainingListener next;
    private long baseStep;
    private @Nullable Double firstLoss;
    private TrainingEvent.@Nullable StepCompleted lastStep;

    AttemptObserver(Claim claim, TrainingListener next) {
        this.next = next;
        this.baseStep = claim.baseStep();
        this.firstLoss = claim.firstLoss();
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepCompleted step) {
            if (step.batchStep() == 1) {
                firstLoss = finite(step.loss());
            }
            lastStep = step;
        } else if (event instanceof TrainingEvent.FileStarted started) {
            baseStep = started.baseStep();
        }
        next.on(event);
    }

    AttemptMeasures measures() {
        return new AttemptMeasures(
                baseStep,
                firstLoss,
                lastStep == null ? null : finite(lastStep.loss()),
                lastStep == null ? null : (Integer) (lastStep.epoch() + 1));
    }

    private static @Nullable Double finite(double loss) {
        return Double.isFinite(loss) ? (Double) loss : null;
    }
}
