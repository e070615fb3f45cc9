package dev.stepwell.core.history;

import dev.stepwell.core.history.HistorySchema.Stretch;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/// Keeps the history within its size: what is superseded goes first, then old steps are thinned, the oldest most.
///
/// ```
///  global steps  ├──── stage 3 ────┼─── stage 2 ───┼── stage 1 ──┼── all ──┤ newest
///  rows                 n                n               n            n
/// ```
///
/// The history is as long as its model's life, and its size bounded, so each stage gets an equal share: of those that
/// can be thinned, the part with most rows is, at its oldest end. Where each stage ends is in the table `thinned`. One
/// slice of some four thousand rows is one transaction, which moves that end, so that a process that is killed in
/// between leaves what there was before or after it.
///
/// Machine figures, previews, and evaluations in the middle of a file are thinned with the steps. Files, attempts,
/// runs, checkpoints, and evaluations before and after a file stay. For the thread of the history.
final class Thinner {
    /// The newest steps stay, whatever the budget.
    static final long RECENT = 10_000;

    private static final int SLICES = 4;
    private static final int ROWS = 4_096;
    private static final long KEPT_ALERTS = 10_000;
    private static final int PAGES_GIVEN_BACK = 512;
    private static final long SHARE_LEFT_FREE = 8;

    private final Handle handle;
    private final long budget;

    /// @param budget in bytes; [Long#MAX_VALUE] for none
    Thinner(Handle handle, long budget) {
        this.handle = handle;
        this.budget = budget;
    }

    /// Does a bounded part of what is to be done.
    ///
    /// @return whether there may be more
    /// @throws org.jdbi.v3.core.JdbiException if the database cannot be written
    boolean tend() {
        for (int i = 0; i < SLICES; i++) {
            if (used() <= budget || !slice()) {
                giveBack();
                return false;
            }
        }
        giveBack();
        return true;
    }

    /// Bytes of the database without its free pages.
    long used() {
        return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
    }

    private long pragma(String name) {
        return handle.createQuery("PRAGMA " + name).mapTo(long.class).one();
    }

    /// Free pages are soon used again. Only where there are many, the file is made smaller.
    private void giveBack() {
        if (pragma("freelist_count") * SHARE_LEFT_FREE <= pragma("page_count")) {
            return;
        }
        // It has a row without columns for each page, and does no more than what is asked for: only a plain statement
        // asks for all.
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.executeUpdate("PRAGMA incremental_vacuum(%d)".formatted(PAGES_GIVEN_BACK));
        } catch (SQLException e) {
            throw new UnableToExecuteStatementException(e, null);
        }
    }

    private boolean slice() {
        return handle.inTransaction(_ -> dropSuperseded() || dropAlerts() || thinMost());
    }

    private boolean dropSuperseded() {
        int steps = handle.execute("""
                DELETE FROM step WHERE (segment_id, global_step) IN (
                  SELECT step.segment_id, step.global_step
                  FROM shown CROSS JOIN step ON step.segment_id = shown.segment_id
                    AND step.global_step > shown.last_step
                  LIMIT ?)""", ROWS);
        if (steps > 0) {
            for (String table : List.of("preview", "evaluation")) {
                handle.execute("""
                        DELETE FROM %1$s WHERE global_step >
                          (SELECT last_step FROM shown WHERE shown.segment_id = %1$s.segment_id)""".formatted(table));
            }
        }
        return steps > 0;
    }

    private boolean dropAlerts() {
        return handle.execute(
                        "DELETE FROM alert WHERE until IS NOT NULL AND id <= (SELECT max(id) FROM alert) - ?",
                        KEPT_ALERTS)
                > 0;
    }

    private boolean thinMost() {
        List<Stretch> current = HistorySchema.current(handle);
        Optional<Slice> most = most(current);
        most.ifPresent(slice -> thin(slice, current));
        return most.isPresent();
    }

    /// Steps to be thinned to `stage`: from `from`, and as many as are done at once.
    private record Slice(Stage stage, long from) {
        long to() {
            return from + stage.slice();
        }
    }

    private Optional<Slice> most(List<Stretch> current) {
        if (current.isEmpty()) {
            return Optional.empty();
        }
        long first = current.getFirst().first();
        Map<Integer, Long> until = handle
                .createQuery("SELECT stage, until_step FROM thinned")
                .map((rs, _) -> Map.entry(rs.getInt("stage"), rs.getLong("until_step")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        Optional<Slice> most = Optional.empty();
        double rows = 0;
        long end = newest(current) - RECENT;
        for (int number = 1; number <= Stage.LAST; number++) {
            Stage stage = new Stage(number);
            long from = Math.max(until.getOrDefault(number, 0L), stage.floor(first));
            double before = new Stage(number - 1).rows(end - from);
            if (from + stage.slice() <= end && before > rows) {
                most = Optional.of(new Slice(stage, from));
                rows = before;
            }
            end = from;
        }
        return most;
    }

    private long newest(List<Stretch> current) {
        return current.stream()
                .mapToLong(stretch -> handle.createQuery(
                                "SELECT coalesce(max(global_step), 0) FROM step WHERE segment_id = :segment")
                        .bind("segment", stretch.segment())
                        .mapTo(long.class)
                        .one())
                .max()
                .orElse(0);
    }

    private void thin(Slice slice, List<Stretch> current) {
        long[] bases = handle
                .createQuery("SELECT global_step FROM mark WHERE kind = 'file' AND global_step BETWEEN :from AND :to"
                        + " ORDER BY global_step")
                .bind("from", slice.from())
                .bind("to", slice.to())
                .mapTo(long.class)
                .stream()
                .mapToLong(Long::longValue)
                .toArray();
        List<ThinnedRow> steps = new ArrayList<>();
        for (Stretch stretch : current) {
            steps.addAll(ThinnedRow.ofSteps(
                    handle,
                    stretch.segment(),
                    Math.max(slice.from(), stretch.first()),
                    Math.min(slice.to() - 1, stretch.last())));
        }
        drop("DELETE FROM step WHERE segment_id = ? AND global_step = ?", steps, slice, bases);
        long last = slice.to() - 1;
        drop(
                "DELETE FROM machine WHERE global_step = ?",
                ThinnedRow.ofMachine(handle, slice.from(), last),
                slice,
                bases);
        drop("DELETE FROM preview WHERE id = ?", ThinnedRow.ofPreviews(handle, slice.from(), last), slice, bases);
        ThinnedRow.ofEvaluations(handle, slice.from(), last)
                .values()
                .forEach(ofSubject -> drop("DELETE FROM evaluation WHERE id = ?", ofSubject, slice, bases));
        handle.execute(
                "INSERT OR REPLACE INTO thinned VALUES (?, ?)", slice.stage().number(), slice.to());
    }

    private void drop(String sql, List<ThinnedRow> rows, Slice slice, long[] bases) {
        int kinds = rows.isEmpty() ? 0 : rows.getFirst().values().size();
        double[][] values = new double[kinds][rows.size()];
        for (int i = 0; i < rows.size(); i++) {
            for (int kind = 0; kind < kinds; kind++) {
                values[kind][i] = rows.get(i).values().get(kind);
            }
        }
        long[] steps = rows.stream().mapToLong(ThinnedRow::step).toArray();
        BitSet kept = Thinning.kept(steps, values, slice.stage().width(), bases);
        try (var batch = handle.prepareBatch(sql)) {
            for (int i = kept.nextClearBit(0); i < rows.size(); i = kept.nextClearBit(i + 1)) {
                batch.add(rows.get(i).key().toArray());
            }
            if (batch.size() > 0) {
                batch.execute();
            }
        }
    }

    /// Where weights go back to before `firstStep`, what comes from there on is thinned anew. Within a transaction.
    static void goBack(Handle handle, long firstStep) {
        for (int number = 1; number <= Stage.LAST; number++) {
            handle.execute(
                    "UPDATE thinned SET until_step = min(until_step, ?) WHERE stage = ?",
                    new Stage(number).floor(firstStep),
                    number);
        }
    }
}
