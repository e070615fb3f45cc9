package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.io.ByteSize;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The memory of a GPU is nearly full.
record GpuMemory(AlertThresholds.Fill limits) implements Detector {
    @Override
    public String type() {
        return "gpu_memory";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        MachineFigures machine = scene.live().machine();
        if (machine == null) {
            return Verdict.UNKNOWN;
        }
        double limit = standing == null ? limits.opens() : limits.over();
        return machine.gpus().stream()
                .filter(gpu -> used(gpu) > limit)
                .max(Comparator.comparingDouble(GpuMemory::used))
                .<Verdict>map(gpu -> new Present(found(gpu)))
                .orElse(Verdict.CLEAR);
    }

    private static double used(Gpu gpu) {
        return gpu.memoryUsedBytes() == null || gpu.memoryTotalBytes() == null || gpu.memoryTotalBytes() == 0
                ? 0
                : (double) gpu.memoryUsedBytes() / gpu.memoryTotalBytes();
    }

    private static Finding found(Gpu gpu) {
        return new Finding(
                Severity.INFO,
                "The memory of GPU %d is nearly full.".formatted(gpu.index()),
                "%s used, %s of %s"
                        .formatted(
                                Figures.percent(used(gpu)),
                                ByteSize.of(gpu.memoryUsedBytes() == null ? 0 : gpu.memoryUsedBytes()),
                                ByteSize.of(gpu.memoryTotalBytes() == null ? 0 : gpu.memoryTotalBytes())),
                "Where longer rows follow, fewer will be computed at once, and more slowly. Lower batch_size and raise gradient_accumulation, set gradient_checkpointing, or end what else uses the GPU.");
    }
}
