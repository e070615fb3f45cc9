package dev.stepwell.bench;

import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import java.util.function.Consumer;

/// A trainer whose events somebody else hears too.
record Watched(Trainer trainer, Consumer<TrainingEvent> also, Consumer<TrainingOutcome> ended) implements Trainer {
    @Override
    public OpenedModel open(TrainingListener listener) {
        return trainer.open(listener);
    }

    @Override
    public TrainingOutcome train(TrainingJob job, TrainingListener listener, StepControl control) {
        TrainingOutcome outcome = trainer.train(
                job,
                event -> {
                    listener.on(event);
                    also.accept(event);
                },
                control);
        ended.accept(outcome);
        return outcome;
    }

    @Override
    public void close() {
        trainer.close();
    }
}
