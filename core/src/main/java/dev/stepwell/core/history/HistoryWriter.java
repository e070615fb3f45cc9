package dev.stepwell.core.history;

import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// Writes records in their order, and begins a segment where a step does not come after the one before. For one thread.
final class HistoryWriter {
    private final Handle handle;
    private final String bootId;
    private final EventRows events;
    private Place place;

    /// @param segment the newest segment; 0 before there is one
    /// @param last    its newest step
    private record Place(long segment, long last) {}

    /// @param bootId of this process, whose first step begins a segment
    HistoryWriter(Handle handle, String bootId) {
        this.handle = handle;
        this.bootId = bootId;
        this.events = new EventRows(handle, bootId);
        this.place = new Place(
                handle.createQuery("SELECT coalesce(max(id), 0) FROM segment")
                        .mapTo(long.class)
                        .one(),
                Long.MAX_VALUE);
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
                    case HistoryRecord.Marked(Mark mark) -> keep(mark);
                    case HistoryRecord.RunBegan run -> events.keep(run);
                    case HistoryRecord.RunEnded run -> events.keep(run);
                    case HistoryRecord.AttemptBegan attempt -> events.keep(attempt);
                    case HistoryRecord.AttemptEnded attempt -> events.keep(attempt);
                    case HistoryRecord.Previewed preview -> events.keep(preview, now.segment());
                    case HistoryRecord.Scored scored -> events.keep(scored, now.segment());
                    case HistoryRecord.Looked looked -> events.keep(looked);
                    case HistoryRecord.Alerted alerted -> events.keep(alerted);
                }
            }
            if (steps.size() > 0) {
                steps.execute();
            }
        }
        if (!batch.isEmpty()) {
            events.seen(batch.getLast().at());
        }
        return now;
    }

    /// What an earlier segment says of this step and those after it is superseded, marks with it, and is thinned anew.
    private long begin(HistoryRecord.Step first) {
        for (String table : List.of("mark", "machine")) {
            handle.createUpdate("DELETE FROM %s WHERE global_step >= :step AND at < :at".formatted(table))
                    .bind("step", first.globalStep())
                    .bind("at", first.at().toEpochMilli())
                    .execute();
        }
        Thinner.goBack(handle, first.globalStep());
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
                .bind(3, Numbers.finite(measured.loss()))
                .bind(4, measured.learningRate())
                .bind(5, Numbers.finite(measured.gradientNorm()))
                .bind(6, measured.tokens())
                .bind(7, Math.max(1, measured.nanos()))
                .add();
    }

    private void keep(Mark mark) {
        handle.createUpdate("INSERT OR REPLACE INTO mark VALUES (:kind, :step, :at, :label)")
                .bind("kind", mark.kind().word())
                .bind("step", mark.globalStep())
                .bind("at", mark.at())
                .bind("label", mark.label())
                .execute();
    }
}
