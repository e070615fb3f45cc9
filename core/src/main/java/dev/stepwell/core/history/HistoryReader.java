package dev.stepwell.core.history;

import dev.stepwell.core.history.HistorySchema.Stretch;
import dev.stepwell.core.io.SqliteFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;

/// Reads `history.db` while a daemon writes it, or none does. For one thread.
public final class HistoryReader implements AutoCloseable {
    private final Handle handle;
    private final List<Stretch> current;

    private HistoryReader(Handle handle) {
        this.handle = handle;
        this.current = HistorySchema.current(handle);
    }

    /// Opens `database`, which must exist. What is superseded from now on is still shown.
    ///
    /// @throws IllegalStateException if it is no such database, or of another version, with the remedy
    public static HistoryReader open(Path database) {
        try {
            Handle handle = SqliteFile.openToRead(database);
            try {
                HistorySchema.require(handle);
                return new HistoryReader(handle);
            } catch (RuntimeException e) {
                handle.close();
                throw e;
            }
        } catch (JdbiException | IllegalStateException e) {
            throw new IllegalStateException(
                    "the run history %s cannot be read: %s".formatted(database, e.getMessage()), e);
        }
    }

    /// What happened beside steps.
    public HistoryEvents events() {
        return new HistoryEvents(handle);
    }

    /// The first and the last step there is.
    public record Extent(long first, long last) {}

    /// What is known at all; empty before the first step.
    public Optional<Extent> extent() {
        long last = current.stream()
                .mapToLong(stretch -> handle.createQuery("SELECT max(global_step) FROM step WHERE segment_id = :segment"
                                + " AND global_step <= :last")
                        .bind("segment", stretch.segment())
                        .bind("last", stretch.last())
                        .mapTo(Long.class)
                        .findOne()
                        .orElse(-1L))
                .max()
                .orElse(-1);
        return last < 0
                ? Optional.empty()
                : Optional.of(new Extent(current.getFirst().first(), last));
    }

    /// `metric` at each step from `from` to `to`, both included; where it was not finite, there is no point.
    public Curve curve(Metric metric, long from, long to) {
        Points points = new Points();
        switch (metric.source()) {
            case STEP -> {
                for (Stretch stretch : current) {
                    ofSteps(stretch, metric, from, to, points);
                }
            }
            case PREVIEW ->
                // Of several at one step, the last has counted all of them.
                read(
                        handle.createQuery("""
                                SELECT global_step, at, %1$s AS value FROM preview
                                WHERE id IN (SELECT max(id) FROM preview JOIN shown USING (segment_id)
                                             WHERE global_step BETWEEN :from AND :to AND global_step <= last_step
                                             GROUP BY global_step)
                                ORDER BY global_step""".formatted(metric.expression()))
                                .bind("from", from)
                                .bind("to", to),
                        points);
            case MACHINE ->
                read(
                        handle.createQuery("""
                                SELECT global_step, at, %1$s AS value FROM machine
                                WHERE global_step BETWEEN :from AND :to AND %1$s IS NOT NULL
                                ORDER BY global_step""".formatted(metric.expression()))
                                .bind("from", from)
                                .bind("to", to),
                        points);
        }
        return points.curve();
    }

    private void ofSteps(Stretch stretch, Metric metric, long from, long to, Points points) {
        read(
                handle.createQuery("""
                        SELECT global_step, at, %1$s AS value FROM step
                        WHERE segment_id = :segment AND global_step BETWEEN :from AND :to AND %1$s IS NOT NULL
                        ORDER BY global_step""".formatted(metric.expression()))
                        .bind("segment", stretch.segment())
                        .bind("from", Math.max(from, stretch.first()))
                        .bind("to", Math.min(to, stretch.last())),
                points);
    }

    private static void read(Query query, Points points) {
        query.map((rs, _) -> points.add(rs.getLong("global_step"), rs.getLong("at"), rs.getDouble("value")))
                .forEach(_ -> {});
    }

    /// Where files begin from step `from` to `to`, and before these the file that step `from` belongs to.
    public List<Mark> files(long from, long to) {
        long before = handle.createQuery(
                        "SELECT max(global_step) FROM mark WHERE kind = 'file' AND global_step < :from")
                .bind("from", from)
                .mapTo(Long.class)
                .findOne()
                .orElse(from);
        return marks(Mark.Kind.FILE, before, to);
    }

    /// What happened from step `from` to `to`, both included, in that order.
    public List<Mark> marks(Mark.Kind kind, long from, long to) {
        return handle.createQuery("SELECT global_step, at, label FROM mark"
                        + " WHERE kind = :kind AND global_step BETWEEN :from AND :to ORDER BY global_step")
                .bind("kind", kind.word())
                .bind("from", from)
                .bind("to", to)
                .map((rs, _) -> new Mark(kind, rs.getLong("global_step"), rs.getLong("at"), rs.getString("label")))
                .list();
    }

    @Override
    public void close() {
        handle.close();
    }

    /// Grows without boxing: a model's life may have millions of steps.
    private static final class Points {
        private long[] steps = new long[1_024];
        private long[] at = new long[1_024];
        private double[] values = new double[1_024];
        private int size;

        private int add(long step, long time, double value) {
            if (size == steps.length) {
                steps = Arrays.copyOf(steps, 2 * size);
                at = Arrays.copyOf(at, 2 * size);
                values = Arrays.copyOf(values, 2 * size);
            }
            steps[size] = step;
            at[size] = time;
            values[size] = value;
            return ++size;
        }

        private Curve curve() {
            return new Curve(Arrays.copyOf(steps, size), Arrays.copyOf(at, size), Arrays.copyOf(values, size));
        }
    }
}
