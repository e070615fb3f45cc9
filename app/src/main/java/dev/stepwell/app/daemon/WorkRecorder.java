package dev.stepwell.app.daemon;

import dev.stepwell.core.status.Recorder;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.monitor.metrics.WorkMetrics;
import java.time.Duration;
import java.time.Instant;

/// Tells the metrics how long things take.
record WorkRecorder(WorkMetrics metrics) implements Recorder {
    @Override
    public void step(long globalStep, StepCompleted step, Instant at) {
        metrics.stepTook(Duration.ofNanos(step.nanos()), step.tokens());
    }

    @Override
    public void checkpointSaved(long globalStep, Duration took, Instant at) {
        metrics.saveTook(took, at);
    }

    @Override
    public void evaluated(Duration took, Instant at) {
        metrics.evaluationTook(took);
    }
}
