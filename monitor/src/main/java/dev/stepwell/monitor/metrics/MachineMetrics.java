package dev.stepwell.monitor.metrics;

import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the machine is busy with, as metrics. GPUs are told apart by the driver's number.
final class MachineMetrics {
    private static final double PERCENT = 100;

    private MachineMetrics() {}

    /// Adds `machine` to `all`; families without a sample where it is not known.
    static void add(@Nullable MachineFigures machine, MetricSnapshots.Builder all) {
        StatusMetrics.gauge(
                all,
                "stepwell_machine_cpu_ratio",
                "Of all processors together, 0 to 1.",
                machine == null ? null : ratio(machine.cpuPercent()));
        StatusMetrics.gauge(
                all,
                "stepwell_machine_memory_used_bytes",
                "Main memory in use, caches not counted.",
                machine == null ? null : machine.memoryUsedBytes());
        StatusMetrics.gauge(
                all,
                "stepwell_machine_memory_size_bytes",
                "Main memory, or the limit of the container.",
                machine == null ? null : machine.memoryTotalBytes());
        StatusMetrics.gauge(
                all,
                "stepwell_machine_disk_free_bytes",
                "On the disk of the base directory.",
                machine == null ? null : machine.diskFreeBytes());
        StatusMetrics.gauge(
                all,
                "stepwell_machine_disk_size_bytes",
                "Of the disk of the base directory.",
                machine == null ? null : machine.diskTotalBytes());
        gpus(machine == null ? List.of() : machine.gpus(), all);
    }

    private static void gpus(List<Gpu> gpus, MetricSnapshots.Builder all) {
        InfoSnapshot.Builder names = InfoSnapshot.builder().name("stepwell_gpu").help("The GPUs and their names.");
        gpus.forEach(gpu -> names.dataPoint(InfoDataPointSnapshot.builder()
                .labels(Labels.of("gpu", String.valueOf(gpu.index()), "name", gpu.name()))
                .build()));
        all.metricSnapshot(names.build());
        each(
                all,
                gpus,
                "stepwell_gpu_busy_ratio",
                "Share of the time in which it computed, 0 to 1.",
                gpu -> ratio(gpu.busyPercent()));
        each(all, gpus, "stepwell_gpu_memory_used_bytes", "Of its memory.", Gpu::memoryUsedBytes);
        each(all, gpus, "stepwell_gpu_memory_size_bytes", "Its memory.", Gpu::memoryTotalBytes);
        each(all, gpus, "stepwell_gpu_temperature_celsius", "Of the chip.", Gpu::temperatureCelsius);
        each(all, gpus, "stepwell_gpu_power_watts", "That it draws.", Gpu::powerWatts);
    }

    private static void each(
            MetricSnapshots.Builder all,
            List<Gpu> gpus,
            String name,
            String help,
            Function<Gpu, @Nullable Number> value) {
        GaugeSnapshot.Builder builder = GaugeSnapshot.builder().name(name).help(help);
        for (Gpu gpu : gpus) {
            Number known = value.apply(gpu);
            if (known != null) {
                builder.dataPoint(
                        StatusMetrics.point(known.doubleValue(), Labels.of("gpu", String.valueOf(gpu.index()))));
            }
        }
        all.metricSnapshot(builder.build());
    }

    private static @Nullable Double ratio(@Nullable Double percent) {
        return percent == null ? null : (Double) (percent / PERCENT);
    }
}
