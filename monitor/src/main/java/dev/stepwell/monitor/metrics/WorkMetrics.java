package dev.stepwell.monitor.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long steps, evaluations and saves take. To be told off the training thread.
public final class WorkMetrics {
    private static final double NANOS = 1e9;
    /// A step of a small model takes milliseconds, one of a large model half a minute.
    private static final double[] STEP = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};
    private static final double[] LONG = {.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900};

    private final Histogram steps = histogram("stepwell_step_duration_seconds", "Of an optimizer step.", STEP);
    private final Counter tokens = Counter.builder()
            .name("stepwell_tokens_trained")
            .help("Tokens of the steps that this process did, padding not counted.")
            .build();
    private final Histogram evaluations = histogram("stepwell_evaluation_duration_seconds", "Of an evaluation.", LONG);
    private final Histogram saves = histogram("stepwell_save_duration_seconds", "Of a checkpoint's save.", LONG);
    private volatile @Nullable Instant checkpointAt;
    /// No sample before the first: 0 would be a checkpoint of 1970.
    private final GaugeWithCallback checkpoint = GaugeWithCallback.builder()
            .name("stepwell_checkpoint_timestamp_seconds")
            .help("When this process last saved a checkpoint.")
            .callback(known -> {
                Instant at = checkpointAt;
                if (at != null) {
                    known.call(at.toEpochMilli() / 1e3);
                }
            })
            .build();

    private static Histogram histogram(String name, String help, double[] bounds) {
        return Histogram.builder()
                .name(name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .build();
    }

    void register(PrometheusRegistry registry) {
        registry.register(steps);
        registry.register(tokens);
        registry.register(evaluations);
        registry.register(saves);
        registry.register(checkpoint);
    }

    /// A step over so many tokens.
    public void stepTook(Duration time, long itsTokens) {
        tokens.inc(itsTokens);
        steps.observe(time.toNanos() / NANOS);
    }

    public void evaluationTook(Duration time) {
        evaluations.observe(time.toNanos() / NANOS);
    }

    /// A checkpoint was saved `at` that moment.
    public void saveTook(Duration time, Instant at) {
        saves.observe(time.toNanos() / NANOS);
        checkpointAt = at;
    }
}
