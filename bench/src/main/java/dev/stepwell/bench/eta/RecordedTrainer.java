package dev.stepwell.bench.eta;

import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import java.time.Duration;

/// A trainer of which everything that takes time is written down.
record RecordedTrainer(Trainer trainer, DrainTape tape, ArrivalWatch arrivals) implements Trainer {
    @Override
    public OpenedModel open(TrainingListener listener) {
        return trainer.open(listener);
    }

    @Override
    public TrainingOutcome train(TrainingJob job, TrainingListener listener, StepControl control) {
        arrivals.look(); // A file must be known before it is claimed.
        tape.say(new DrainLine.Claimed(job.fileId()));
        TrainingOutcome outcome = trainer.train(
                job,
                event -> {
                    tape.event(event);
                    listener.on(event);
                },
                new RecordedControl(control, tape));
        tape.say(new DrainLine.Ended(outcome.getClass().getSimpleName()));
        return outcome;
    }

    @Override
    public void close() {
        tape.say(new DrainLine.Over());
        trainer.close();
    }

    private record RecordedControl(StepControl control, DrainTape tape) implements StepControl {
        @Override
        public Signal signal() {
            return control.signal();
        }

        @Override
        public void hold() {
            tape.say(new DrainLine.Paused());
            control.hold();
            tape.say(new DrainLine.Resumed());
        }

        @Override
        public boolean awaitSpace(Duration atMost) {
            return control.awaitSpace(atMost);
        }
    }
}
