package dev.stepwell.monitor.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the queue amounts to, looked at no more often than every few seconds, however often somebody scrapes.
final class QueueMetrics implements MultiCollector {
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Supplier<QueueNumbers> source;
    private final LongSupplier nanoTime;
    private @Nullable QueueNumbers known;
    private long knownAt;

    /// @param nanoTime tells when it is time to look again, in nanoseconds
    QueueMetrics(Supplier<QueueNumbers> source, LongSupplier nanoTime) {
        this.source = source;
        this.nanoTime = nanoTime;
    }

    @Override
    public MetricSnapshots collect() {
        QueueNumbers totals = totals();
        GaugeSnapshot.Builder waiting =
                GaugeSnapshot.builder().name("stepwell_queue_depth_files").help("Files that wait, by priority.");
        totals.waitingByPriority()
                .forEach((priority, count) -> waiting.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(Labels.of("priority", priority))
                        .value(count.doubleValue())
                        .build()));
        CounterSnapshot.Builder files = CounterSnapshot.builder()
                .name("stepwell_files")
                .help("Files that the queue is done with, by what came of them.");
        totals.filesByOutcome()
                .forEach((outcome, count) -> files.dataPoint(counter(Labels.of("outcome", outcome), count)));
        return MetricSnapshots.builder()
                .metricSnapshot(waiting.build())
                .metricSnapshot(files.build())
                .metricSnapshot(CounterSnapshot.builder()
                        .name("stepwell_rows_trained")
                        .help("Rows trained, once for each pass, over the queue's life.")
                        .dataPoint(counter(Labels.EMPTY, totals.rowsTrained()))
                        .build())
                .metricSnapshot(CounterSnapshot.builder()
                        .name("stepwell_rows_rejected")
                        .help("Rows refused, over the queue's life.")
                        .dataPoint(counter(Labels.EMPTY, totals.rowsRejected()))
                        .build())
                .build();
    }

    private static CounterDataPointSnapshot counter(Labels labels, long value) {
        return CounterDataPointSnapshot.builder()
                .labels(labels)
                .value((double) value)
                .build();
    }

    private synchronized QueueNumbers totals() {
        long now = nanoTime.getAsLong();
        QueueNumbers totals = known;
        if (totals == null || now - knownAt >= FRESH.toNanos()) {
            totals = source.get();
            known = totals;
            knownAt = now;
        }
        return totals;
    }
}
