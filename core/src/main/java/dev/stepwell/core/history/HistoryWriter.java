package dev.stepwell.core.history;

import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// Writes records in their order, and begins a segment where a step does not come after the one before. For one thread.
final class HistoryWriter {
    private final Handle handle;
    private final String bootId;
    private Place place = new Place(0, Long.MAX_VALUE);

    /// @param segment the newest segment; 0 before there is one
    /// @param last    its newest step
    private record Place(long segment, long last) {}

    /// @param bootId of this process, whose first step begins a segment
    HistoryWriter(Handle handle, String bootId) {
        this.handle = handle;
        this.bootId = bootId;
    }

    /// Writes all of `batch`, or nothing.
    ///
    /// @throws org.jdbi.v3.core.JdbiException if it cannot be written
    void write(List<HistoryRecord> batch) {
        place = handle.inTransaction(_ -> written(batch));
    }

    private Place written(List<HistoryRecord> batch) {
        Place now = place;
        try (PreparedBatch steps = handle.prepareBatch("INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (HistoryRecord entry : batch) {
                switch (entry) {
                    case HistoryRecord.Step step -> {
                        long segment = step.globalStep() > now.last() ? now.segment() : begin(step);
                        add(steps, segment, step);
                        now = new Place(segment, step.globalStep());
                    }
                    case HistoryRecord.Happened(Mark mark) -> keep(mark);
                    case HistoryRecord.Looked looked -> keep(looked);
                }
            }
            if (steps.size() > 0) {
                steps.execute();
            }
        }
        return now;
    }

    /// What an earlier segment says of this step and those after it is superseded, marks with it.
    private long begin(HistoryRecord.Step first) {
        for (String table : List.of("mark", "machine")) {
            handle.createUpdate("DELETE FROM %s WHERE global_step >= :step AND at < :at".formatted(table))
                    .bind("step", first.globalStep())
                    .bind("at", first.at().toEpochMilli())
                    .execute();
        }
        return handle.createUpdate("INSERT INTO segment (boot_id, began_at, first_step) VALUES (:boot, :at, :step)")
                .bind("boot", bootId)
                .bind("at", first.at().toEpochMilli())
                .bind("step", first.globalStep())
                .executeAndReturnGeneratedKeys("id")
                .mapTo(long.class)
                .one();
    }

    private static void add(PreparedBatch steps, long segment, HistoryRecord.Step step) {
        StepCompleted measured = step.measured();
        steps.bind(0, segment)
                .bind(1, step.globalStep())
                .bind(2, step.at().toEpochMilli())
                .bind(3, finite(measured.loss()))
                .bind(4, measured.learningRate())
                .bind(5, finite(measured.gradientNorm()))
                .bind(6, measured.tokens())
                .bind(7, Math.max(1, measured.nanos()))
                .add();
    }

    private void keep(Mark mark) {
        handle.createUpdate("INSERT OR REPLACE INTO mark VALUES (:kind, :step, :at, :label, :value)")
                .bind("kind", mark.kind().word())
                .bind("step", mark.globalStep())
                .bind("at", mark.at())
                .bind("label", mark.label())
                .bind("value", mark.value())
                .execute();
    }

    /// Of a step that takes long, the last look counts.
    private void keep(HistoryRecord.Looked looked) {
        MachineFigures figures = looked.figures();
        List<Gpu> gpus = figures.gpus();
        DoubleSummaryStatistics busy = gpus.stream()
                .map(Gpu::busyPercent)
                .filter(Objects::nonNull)
                .collect(Collectors.summarizingDouble(Double::doubleValue));
        LongSummaryStatistics memory = gpus.stream()
                .map(Gpu::memoryUsedBytes)
                .filter(Objects::nonNull)
                .collect(Collectors.summarizingLong(Long::longValue));
        handle.createUpdate("INSERT OR REPLACE INTO machine VALUES"
                        + " (:step, :at, :cpu, :memory, :process, :disk, :gpu, :gpuMemory)")
                .bind("step", looked.globalStep())
                .bind("at", looked.at().toEpochMilli())
                .bind("cpu", figures.cpuPercent())
                .bind("memory", figures.memoryUsedBytes())
                .bind("process", figures.processMemoryBytes())
                .bind("disk", figures.diskFreeBytes())
                .bind("gpu", busy.getCount() == 0 ? null : (Double) busy.getAverage())
                .bind("gpuMemory", memory.getCount() == 0 ? null : (Long) memory.getSum())
                .execute();
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
