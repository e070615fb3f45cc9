package dev.stepwell.core.status;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

record BothRecorders(Recorder first, Recorder second) implements Recorder {
    @Override
    public void step(long globalStep, StepCompleted step, Instant at) {
        first.step(globalStep, step, at);
        second.step(globalStep, step, at);
    }

    @Override
    public void fileStarted(long baseStep, String name, Instant at) {
        first.fileStarted(baseStep, name, at);
        second.fileStarted(baseStep, name, at);
    }

    @Override
    public void fileStarted(Progress place, String name, Instant at) {
        first.fileStarted(place, name, at);
        second.fileStarted(place, name, at);
    }

    @Override
    public void checkpointSaved(long globalStep, Duration took, Instant at) {
        first.checkpointSaved(globalStep, took, at);
        second.checkpointSaved(globalStep, took, at);
    }

    @Override
    public void evaluated(Duration took, Instant at) {
        first.evaluated(took, at);
        second.evaluated(took, at);
    }

    @Override
    public void scored(Evaluation evaluation, Instant at) {
        first.scored(evaluation, at);
        second.scored(evaluation, at);
    }

    @Override
    public void previewed(Preview preview, double accuracyPercent, Instant at) {
        first.previewed(preview, accuracyPercent, at);
        second.previewed(preview, accuracyPercent, at);
    }

    @Override
    public void machine(long globalStep, MachineFigures figures, Instant at) {
        first.machine(globalStep, figures, at);
        second.machine(globalStep, figures, at);
    }

    @Override
    public void attemptBegan(FileAttempt attempt, Instant at) {
        first.attemptBegan(attempt, at);
        second.attemptBegan(attempt, at);
    }

    @Override
    public void attemptEnded(FileAttempt attempt, AttemptEnd end, Instant at) {
        first.attemptEnded(attempt, end, at);
        second.attemptEnded(attempt, end, at);
    }

    @Override
    public void alerts(List<Alert> standing, Instant at) {
        first.alerts(standing, at);
        second.alerts(standing, at);
    }

    @Override
    public void ended(DaemonState state, @Nullable Failure failure, Instant at) {
        first.ended(state, failure, at);
        second.ended(state, failure, at);
    }
}
