package dev.stepwell.core.daemon;

import dev.stepwell.core.queue.AttemptMeasures;
import dev.stepwell.core.queue.Claim;
import dev.stepwell.core.training.TokenCount;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Passes an attempt's events on and remembers what its report will need. Belongs to the training thread.
final class AttemptObserver implements TrainingListener {
    private static final Logger LOG = LoggerFactory.getLogger(AttemptObserver.class);

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
                measures = new AttemptMeasures(measures.baseStep(), finite(step.loss()), null, null, measures.tokens());
            }
            lastStep = step;
        } else if (event instanceof TrainingEvent.FileStarted started) {
            measures = new AttemptMeasures(
                    started.baseStep(), measures.firstLoss(), measures.lastLoss(), measures.epochs());
        } else if (event instanceof TrainingEvent.TokensCounted(TokenCount count, int _)) {
            LOG.info(
                    "{} tokens in a pass over it; {} of padding are saved, {} % of what would be computed",
                    grouped(count.tokens()), grouped(count.paddingSaved()), Math.round(100 * count.savedShare()));
            measures = new AttemptMeasures(
                    measures.baseStep(), measures.firstLoss(), measures.lastLoss(), measures.epochs(), count);
        }
        next.on(event);
    }

    /// What was measured so far, in this process or before the attempt was interrupted.
    AttemptMeasures measures() {
        return lastStep == null
                ? measures
                : new AttemptMeasures(
                        measures.baseStep(),
                        measures.firstLoss(),
                        finite(lastStep.loss()),
                        lastStep.epoch() + 1,
                        measures.tokens());
    }

    private static String grouped(long count) {
        return "%,d".formatted(count);
    }

    private static @Nullable Double finite(double loss) {
        return Double.isFinite(loss) ? (Double) loss : null;
    }
}
