package dev.stepwell.core.daemon;

import dev.stepwell.core.queue.AttemptMeasures;
import dev.stepwell.core.queue.Claim;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/// Passes an attempt's events on and remembers what its report will need. Belongs to the training thread.
final class AttemptObserver implements TrainingListener {
    private final TrainingListener next;
    private final boolean resumed;
    private AttemptMeasures measures;
    private TrainingEvent.@Nullable StepCompleted lastStep;

    AttemptObserver(Claim claim, TrainingListener next) {
        this.next = next;
        this.resumed = claim.resumed();
        this.measures = claim.earlier();
    }

    @Override
    public void on(TrainingEvent event) {
        if (event instanceof TrainingEvent.StepCompleted step) {
            // A new attempt may go on after steps that an earlier one left.
            if (step.batchStep() == 1 || (lastStep == null && !resumed)) {
                measures = new AttemptMeasures(measures.baseStep(), finite(step.loss()), null, null);
            }
            lastStep = step;
        } else if (event instanceof TrainingEvent.FileStarted started) {
            measures = new AttemptMeasures(
                    started.baseStep(), measures.firstLoss(), measures.lastLoss(), measures.epochs());
        }
        next.on(event);
    }

    /// What was measured so far, in this process or before the attempt was interrupted.
    AttemptMeasures measures() {
        return lastStep == null
                ? measures
                : new AttemptMeasures(
                        measures.baseStep(), measures.firstLoss(), finite(lastStep.loss()), lastStep.epoch() + 1);
    }

    private static @Nullable Double finite(double loss) {
        return Double.isFinite(loss) ? (Double) loss : null;
    }
}
