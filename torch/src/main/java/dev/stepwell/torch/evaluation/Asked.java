package dev.stepwell.torch.evaluation;

import dev.stepwell.data.ExamRow;
import dev.stepwell.data.judge.Judge;
import java.util.List;

/// A row, and who judges the answer to it.
record Asked(ExamRow row, Judge judge) {
    static List<Asked> all(List<ExamRow> rows, Judge judge) {
        return rows.stream().map(row -> new Asked(row, judge)).toList();
    }
}
