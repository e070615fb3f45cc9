package dev.stepwell.monitor.metrics;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.TimeLeft;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One status document as metrics, so that they say what every other display says.
///
/// What is unknown has no sample: 0 would be a lie, and `absent()` finds what is not there. Labels take their values
/// from lists that are fixed.
final class StatusMetrics implements MultiCollector {
    private static final double MILLIS = 1e3;

    private final Supplier<StatusDocument> status;
    private final String version;

    StatusMetrics(Supplier<StatusDocument> status, String version) {
        this.status = status;
        this.version = version;
    }

    @Override
    public MetricSnapshots collect() {
        StatusDocument d = status.get();
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        all.metricSnapshot(InfoSnapshot.builder()
                .name("stepwell_build")
                .help("The program.")
                .dataPoint(InfoDataPointSnapshot.builder()
                        .labels(Labels.of("version", version))
                        .build())
                .build());
        all.metricSnapshot(state(d.state()));
        progress(d, all);
        training(d, all);
        all.metricSnapshot(remaining(
                "stepwell_file_remaining_seconds",
                "Until the file in training is done.",
                d.derived().etaFile()));
        all.metricSnapshot(remaining(
                "stepwell_queue_remaining_seconds",
                "Until the queue is empty.",
                d.derived().etaQueue()));
        all.metricSnapshot(alerts(d));
        EvaluationMetrics.add(d.evaluated(), all);
        MachineMetrics.add(d.derived().machine(), all);
        gauge(
                all,
                "stepwell_heartbeat_timestamp_seconds",
                "When the daemon last gave a sign of life.",
                seconds(d.writer().heartbeatAt()));
        counter(
                all,
                "stepwell_previews",
                "Previews since the start of the process.",
                d.answers().totalEvals());
        counter(
                all,
                "stepwell_previews_right",
                "Previews with the expected answer.",
                d.answers().totalCorrect());
        return all.build();
    }

    private static void progress(StatusDocument d, MetricSnapshots.Builder all) {
        Long done = d.file().batchStep();
        Long planned = d.file().batchTotalSteps();
        gauge(all, "stepwell_file_steps", "Steps done in the file in training.", done);
        gauge(all, "stepwell_file_planned_steps", "Steps planned in the file in training.", planned);
        gauge(all, "stepwell_file_progress_ratio", "Of the file in training, 0 to 1.", ratio(done, planned));
        Integer number = d.file().batchNumber();
        Integer files = d.file().batchQueueSize();
        gauge(all, "stepwell_queue_file_number", "Which file of this drain is in training, from 1.", number);
        gauge(all, "stepwell_queue_files", "Files of this drain, those that wait included.", files);
        gauge(all, "stepwell_queue_progress_ratio", "Of this drain's files, 0 to 1.", ratio(number, files));
        gauge(
                all,
                "stepwell_queue_waiting_files",
                "Files that wait.",
                d.derived().waitingFiles());
        gauge(
                all,
                "stepwell_queue_waiting_steps",
                "Steps of the files that wait.",
                d.derived().waitingSteps());
        gauge(
                all,
                "stepwell_model_step",
                "Steps over the model's life; fewer after a roll-back.",
                d.cumulative().currentStep());
        gauge(
                all,
                "stepwell_model_planned_step",
                "The model's step when the file in training is done.",
                d.cumulative().totalSteps());
    }

    private static void training(StatusDocument d, MetricSnapshots.Builder all) {
        gauge(
                all,
                "stepwell_training_loss",
                "Mean loss of the last step, in nats per token.",
                d.cumulative().loss());
        gauge(
                all,
                "stepwell_training_learning_rate",
                "Of the last step.",
                d.cumulative().learningRate());
        gauge(
                all,
                "stepwell_training_gradient_norm",
                "Of the last step, before clipping.",
                d.derived().gradientNorm());
        gauge(
                all,
                "stepwell_training_steps_per_second",
                "Steps a second, lately.",
                d.derived().stepsPerSecond());
        gauge(
                all,
                "stepwell_training_tokens_per_second",
                "Tokens a second, lately.",
                d.derived().tokensPerSecond());
    }

    private static GaugeSnapshot state(@Nullable DaemonState state) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder()
                .name("stepwell_state")
                .help("1 for what the daemon does, 0 for what it does not.");
        for (DaemonState each : DaemonState.values()) {
            builder.dataPoint(point(each == state ? 1 : 0, Labels.of("state", each.word())));
        }
        return builder.build();
    }

    private static GaugeSnapshot remaining(String name, String help, @Nullable TimeLeft left) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
        if (left != null) {
            builder.dataPoint(point(left.seconds(), Labels.of("estimate", "expected")));
            builder.dataPoint(point(left.lowSeconds(), Labels.of("estimate", "low")));
            builder.dataPoint(point(left.highSeconds(), Labels.of("estimate", "high")));
        }
        return builder.build();
    }

    private static GaugeSnapshot alerts(StatusDocument d) {
        GaugeSnapshot.Builder builder =
                GaugeSnapshot.builder().name("stepwell_alerts").help("Alerts that stand, by type and severity.");
        for (Alert alert : Objects.requireNonNullElse(d.derived().activeAlerts(), List.<Alert>of())) { // One of a type.
            String severity =
                    alert.severity() == null ? "unknown" : alert.severity().word();
            builder.dataPoint(point(1, Labels.of("type", alert.type(), "severity", severity)));
        }
        return builder.build();
    }

    static void gauge(MetricSnapshots.Builder all, String name, String help, @Nullable Number value) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
        if (value != null) {
            builder.dataPoint(point(value.doubleValue(), Labels.EMPTY));
        }
        all.metricSnapshot(builder.build());
    }

    private static void counter(MetricSnapshots.Builder all, String name, String help, @Nullable Long value) {
        CounterSnapshot.Builder builder = CounterSnapshot.builder().name(name).help(help);
        if (value != null) {
            builder.dataPoint(CounterDataPointSnapshot.builder()
                    .value(value.doubleValue())
                    .build());
        }
        all.metricSnapshot(builder.build());
    }

    static GaugeDataPointSnapshot point(double value, Labels labels) {
        return GaugeDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static @Nullable Double ratio(@Nullable Number part, @Nullable Number whole) {
        return part == null || whole == null || whole.doubleValue() == 0
                ? null
                : (Double) (part.doubleValue() / whole.doubleValue());
    }

    private static @Nullable Double seconds(@Nullable Instant instant) {
        return instant == null ? null : (Double) (instant.toEpochMilli() / MILLIS);
    }
}
