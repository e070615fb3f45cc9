package dev.stepwell.app.daemon;

import dev.stepwell.app.daemon.DemoSession.Exam;
import dev.stepwell.app.demo.DemoResults;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.PhaseChanged;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A trainer that examines its model when it is opened and, if its last file was trained to the end, when it is closed;
/// and counts what was done between.
final class MeasuredTrainer implements Trainer {
    private final Trainer trainer;
    private final Supplier<Exam> exam;
    private @Nullable Exam before;
    private @Nullable Exam after;
    private long openedAt;
    private Duration took = Duration.ZERO;
    private int files;
    private long steps;
    private long tokens;
    private boolean examinable;

    /// @param exam measures the model as it is, on the training thread
    MeasuredTrainer(Trainer trainer, Supplier<Exam> exam) {
        this.trainer = trainer;
        this.exam = exam;
    }

    @Override
    public OpenedModel open(TrainingListener listener) {
        OpenedModel opened = trainer.open(listener);
        listener.on(new PhaseChanged(Phase.EVALUATING));
        before = exam.get();
        openedAt = System.nanoTime();
        examinable = true;
        return opened;
    }

    @Override
    public TrainingOutcome train(TrainingJob job, TrainingListener listener, StepControl control) {
        examinable = false;
        TrainingOutcome outcome = trainer.train(job, event -> count(event, listener), control);
        if (outcome instanceof TrainingOutcome.Completed) {
            files++;
            examinable = true;
        }
        return outcome;
    }

    private void count(TrainingEvent event, TrainingListener listener) {
        if (event instanceof StepCompleted step) {
            steps++;
            tokens += step.tokens();
        }
        listener.on(event);
    }

    @Override
    public void close() {
        try (trainer) {
            if (examinable) {
                took = Duration.ofNanos(System.nanoTime() - openedAt);
                after = exam.get();
            }
        }
    }

    /// What was measured; empty if an exam is missing.
    Optional<DemoResults> results(BaseDirectory base) {
        Exam first = before;
        Exam last = after;
        if (first == null || last == null) {
            return Optional.empty();
        }
        return Optional.of(new DemoResults(
                first.score(),
                last.score(),
                files,
                steps,
                took,
                took.isZero() ? 0 : tokens / (took.toNanos() / 1e9),
                last.samples(),
                base.currentModel(),
                base));
    }
}
