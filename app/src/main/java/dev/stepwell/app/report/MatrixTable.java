package dev.stepwell.app.report;

import dev.stepwell.core.history.ForgettingMatrix;
import dev.stepwell.core.history.ForgettingMatrix.Column;
import dev.stepwell.core.history.ForgettingMatrix.Row;
import dev.stepwell.core.training.Evaluation.Score;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The forgetting matrix as a table: shares of right answers and cross-entropies, with a ground that is the stronger
/// the more was right, and in signs what was forgotten since the file was learnt, so that it can be read without
/// colour.
///
/// @param matrix what was known after each file
record MatrixTable(ForgettingMatrix matrix) {
    /// A change of fewer points says little of a set of some ten rows.
    private static final double LEAST_CHANGE = 5;

    private static final int STRONGEST_GROUND = 45;

    boolean empty() {
        return matrix.rows().isEmpty();
    }

    void write(Html html) {
        html.element(
                "p",
                "Each row is what was known after a file, each column a set of rows that was asked: read down a column."
                        + " In a cell: right answers, and the cross-entropy in nats below. ▼ points lost since the file was"
                        + " learnt, ▲ points won.",
                "class",
                "note");
        html.element(
                "div",
                scroll -> scroll.element(
                        "table",
                        table -> {
                            table.element("thead", head -> head.element("tr", this::headings));
                            table.element("tbody", this::rows);
                        },
                        "class",
                        "matrix"),
                "class",
                "scroll",
                "tabindex",
                "0");
    }

    private void headings(Html row) {
        row.element("th", "After", "scope", "col");
        for (Column column : matrix.columns()) {
            row.element(
                    "th",
                    column.fileId() == null ? "fixed set" : "#" + column.fileId(),
                    "scope",
                    "col",
                    "title",
                    column.name() == null ? "the fixed validation set" : column.name());
        }
    }

    private void rows(Html body) {
        Map<Long, Double> whenLearnt = new HashMap<>();
        for (Row row : matrix.rows()) {
            for (int i = 0; i < row.scores().size(); i++) {
                Long subject = matrix.columns().get(i).fileId();
                Double right = right(row.scores().get(i));
                if (subject != null && subject == row.fileId() && right != null) {
                    whenLearnt.putIfAbsent(subject, right);
                }
            }
            body.element("tr", tr -> {
                tr.element(
                        "th",
                        name -> name.element("b", "#" + row.fileId()).text(" ").element("span", row.file()),
                        "scope",
                        "row");
                for (int i = 0; i < row.scores().size(); i++) {
                    cell(tr, row, matrix.columns().get(i), row.scores().get(i), whenLearnt);
                }
            });
        }
    }

    private static void cell(Html tr, Row row, Column column, @Nullable Score score, Map<Long, Double> whenLearnt) {
        if (score == null) {
            tr.element("td", Figures.UNKNOWN, "class", "unasked");
            return;
        }
        Double right = right(score);
        Double then = column.fileId() == null ? null : whenLearnt.get(column.fileId());
        boolean itsOwn = column.fileId() != null && column.fileId() == row.fileId();
        tr.element(
                "td",
                cell -> {
                    cell.element("b", Figures.percent(score));
                    cell.element("small", small -> {
                        small.text(Figures.nats(score.crossEntropy()));
                        if (right != null && then != null && !itsOwn && Math.abs(right - then) >= LEAST_CHANGE) {
                            small.element(
                                    "i",
                                    (right < then ? "▼" : "▲") + Math.round(Math.abs(right - then)),
                                    "class",
                                    right < then ? "lost" : "won");
                        }
                    });
                },
                "class",
                itsOwn ? "own" : "other",
                "style",
                "--right:%.0f%%".formatted(right == null ? 0 : right * STRONGEST_GROUND / 100));
    }

    /// In percent; null if nothing could be judged.
    private static @Nullable Double right(@Nullable Score score) {
        return score == null || score.judged() == 0 ? null : (Double) (100.0 * score.right() / score.judged());
    }
}
