package dev.stepwell.monitor.metrics;

import dev.stepwell.core.status.EvaluatedFields;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/// What the model knows of the fixed validation set. Nothing before it was asked.
final class EvaluationMetrics {
    private EvaluationMetrics() {}

    static void add(EvaluatedFields fixed, MetricSnapshots.Builder all) {
        StatusMetrics.gauge(
                all,
                "stepwell_validation_exact_match_ratio",
                "Share of the judged answers to the validation set that were right, 0 to 1.",
                fixed.fixedEvalEm());
        StatusMetrics.gauge(
                all,
                "stepwell_validation_loss",
                "Mean loss on the validation set, in nats per token.",
                fixed.fixedEvalCe());
        StatusMetrics.gauge(
                all,
                "stepwell_validation_calibration_error_ratio",
                "Expected calibration error on the validation set, 0 to 1.",
                fixed.fixedEvalEce());
        StatusMetrics.gauge(
                all,
                "stepwell_validation_model_step",
                "The model's step at which the validation set was asked last.",
                fixed.fixedEvalStep());
    }
}
