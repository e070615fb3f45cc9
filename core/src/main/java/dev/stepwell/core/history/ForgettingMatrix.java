package dev.stepwell.core.history;

import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the model knew of each set of rows after each file that it learnt. Read down a column, it tells what became of
/// what one file taught while others were learnt. From: D. Lopez-Paz and M. Ranzato, *Gradient Episodic Memory for
/// Continual Learning*, 2017, section 2, where it is called R.
///
/// @param columns the sets that were asked: the fixed one first, then files in the order in which they were learnt
/// @param rows    the files after which they were asked, in that order; those after which nothing was have none
public record ForgettingMatrix(List<Column> columns, List<Row> rows) {
    public ForgettingMatrix {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /// A set of rows that was asked.
    ///
    /// @param fileId the file it was kept of; null for the fixed validation set
    /// @param name   of the file; null likewise
    public record Column(@Nullable Long fileId, @Nullable String name) {
        static final Column FIXED = new Column(null, null);
    }

    /// What was known after a file.
    ///
    /// @param step   global step of its end
    /// @param at     when that was
    /// @param scores one for each column; null where the set was not asked then
    public record Row(long fileId, String file, long step, Instant at, List<@Nullable Score> scores) {
        public Row {
            scores = Collections.unmodifiableList(new ArrayList<>(scores));
        }
    }

    /// The row of a file is known by its id and the step at its end: a file may be learnt twice.
    private record Key(long step, long fileId) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return step == other.step ? Long.compare(fileId, other.fileId) : Long.compare(step, other.step);
        }
    }

    /// The matrix of those of `evaluations` that came after a file.
    public static ForgettingMatrix of(List<PastEvaluation> evaluations) {
        Map<Key, Map<Column, PastEvaluation>> rows = new TreeMap<>();
        for (PastEvaluation each : evaluations) {
            Evaluation evaluation = each.evaluation();
            if (evaluation.occasion() == Occasion.AFTER) {
                rows.computeIfAbsent(new Key(evaluation.globalStep(), evaluation.fileId()), _ -> new LinkedHashMap<>())
                        .put(column(evaluation), each);
            }
        }
        List<Column> columns = columns(rows);
        return new ForgettingMatrix(
                columns,
                rows.values().stream().map(cells -> row(columns, cells)).toList());
    }

    private static Column column(Evaluation evaluation) {
        return switch (evaluation.subject()) {
            case Subject.Fixed _ -> Column.FIXED;
            case Subject.Learnt(long fileId, String name) -> new Column(fileId, name);
        };
    }

    private static List<Column> columns(Map<Key, Map<Column, PastEvaluation>> rows) {
        Map<Long, Integer> learnt = new HashMap<>();
        rows.keySet().forEach(key -> learnt.putIfAbsent(key.fileId(), learnt.size()));
        return rows.values().stream()
                .flatMap(cells -> cells.keySet().stream())
                .distinct()
                .sorted((a, b) -> Integer.compare(place(a, learnt), place(b, learnt)))
                .toList();
    }

    private static int place(Column column, Map<Long, Integer> learnt) {
        return column.fileId() == null ? -1 : learnt.getOrDefault(column.fileId(), Integer.MAX_VALUE);
    }

    private static Row row(List<Column> columns, Map<Column, PastEvaluation> cells) {
        PastEvaluation any = cells.values().iterator().next();
        List<@Nullable Score> scores = new ArrayList<>();
        for (Column column : columns) {
            PastEvaluation cell = cells.get(column);
            scores.add(cell == null ? null : cell.evaluation().score());
        }
        return new Row(
                any.evaluation().fileId(),
                any.evaluation().file(),
                any.evaluation().globalStep(),
                any.at(),
                scores);
    }
}
