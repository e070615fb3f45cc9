package dev.stepwell.core.history;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// A row that [Thinner] may delete.
///
/// @param key    by which it is deleted
/// @param step   its global step
/// @param values whose extremes stay; NaN where they are not known
record ThinnedRow(List<Long> key, long step, List<Double> values) {
    private static final List<String> MACHINE = List.of(
            "cpu_percent",
            "memory_used_bytes",
            "process_memory_bytes",
            "disk_free_bytes",
            "gpu_percent",
            "gpu_memory_used_bytes");

    static List<ThinnedRow> ofSteps(Handle handle, long segment, long from, long to) {
        return read(
                handle.createQuery("SELECT segment_id, global_step, global_step AS step, loss, gradient_norm FROM step"
                                + " WHERE segment_id = :segment AND global_step BETWEEN :from AND :to"
                                + " ORDER BY global_step")
                        .bind("segment", segment)
                        .bind("from", from)
                        .bind("to", to),
                List.of("segment_id", "global_step"),
                List.of("loss", "gradient_norm"));
    }

    static List<ThinnedRow> ofMachine(Handle handle, long from, long to) {
        return read(
                handle.createQuery("SELECT *, global_step AS step FROM machine WHERE global_step BETWEEN :from AND :to"
                                + " ORDER BY global_step")
                        .bind("from", from)
                        .bind("to", to),
                List.of("global_step"),
                MACHINE);
    }

    /// One that was right and one that was not.
    static List<ThinnedRow> ofPreviews(Handle handle, long from, long to) {
        return read(
                handle.createQuery("SELECT id, global_step AS step, matches FROM preview"
                                + " WHERE global_step BETWEEN :from AND :to ORDER BY global_step, id")
                        .bind("from", from)
                        .bind("to", to),
                List.of("id"),
                List.of("matches"));
    }

    /// Those in the middle of a file, for each set of rows that was asked.
    static Map<Long, List<ThinnedRow>> ofEvaluations(Handle handle, long from, long to) {
        return handle
                .createQuery("SELECT id, global_step AS step, coalesce(subject_id, -1) AS subject, cross_entropy,"
                        + " CASE WHEN judged > 0 THEN 1.0 * right_answers / judged END AS exact_match FROM evaluation"
                        + " WHERE occasion = 'during' AND global_step BETWEEN :from AND :to ORDER BY global_step, id")
                .bind("from", from)
                .bind("to", to)
                .map((rs, _) -> Map.entry(
                        rs.getLong("subject"),
                        new ThinnedRow(
                                List.of(rs.getLong("id")),
                                rs.getLong("step"),
                                List.of(Numbers.orNan(rs, "cross_entropy"), Numbers.orNan(rs, "exact_match")))))
                .stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));
    }

    private static List<ThinnedRow> read(Query query, List<String> key, List<String> values) {
        return query.map((rs, _) -> {
                    Long[] keyOf = new Long[key.size()];
                    for (int i = 0; i < keyOf.length; i++) {
                        keyOf[i] = rs.getLong(key.get(i));
                    }
                    Double[] valuesOf = new Double[values.size()];
                    for (int i = 0; i < valuesOf.length; i++) {
                        valuesOf[i] = Numbers.orNan(rs, values.get(i));
                    }
                    return new ThinnedRow(List.of(keyOf), rs.getLong("step"), List.of(valuesOf));
                })
                .list();
    }
}
