package dev.stepwell.torch.evaluation;

import dev.stepwell.data.ExamRow;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.judge.EarlyJudge;
import dev.stepwell.data.judge.Judge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/// A row, and who judges the answer to it.
record Asked(ExamRow row, Judge judge) {
    static List<Asked> all(List<ExamRow> rows, Judge judge) {
        return rows.stream().map(row -> new Asked(row, judge)).toList();
    }

    /// In an order that follows from each row alone and is as good as drawn: the first of them are a fair sample of
    /// all, and where rows come or go, those that stay keep their order.
    static List<Asked> shuffled(List<Asked> rows) {
        return rows.stream()
                .sorted(Comparator.comparingLong(Asked::place).thenComparing(Asked::ids, Arrays::compare))
                .toList();
    }

    /// One of `some` and one of `others`, as long as there are both, and then the rest.
    static List<Asked> byTurns(List<Asked> some, List<Asked> others) {
        List<Asked> all = new ArrayList<>();
        for (int i = 0; i < Math.max(some.size(), others.size()); i++) {
            all.addAll(some.subList(Math.min(i, some.size()), Math.min(i + 1, some.size())));
            all.addAll(others.subList(Math.min(i, others.size()), Math.min(i + 1, others.size())));
        }
        return all;
    }

    /// Whether the answer to it can be judged.
    boolean isQuestion() {
        return row.question() != null;
    }

    /// What is asked; only if it [#isQuestion].
    PreviewRow question() {
        PreviewRow question = row.question();
        if (question == null) {
            throw new IllegalStateException("a row that cannot be judged was asked");
        }
        return question;
    }

    boolean isRight(String answer) {
        return judge.right(question().prompt(), question().goldenAnswer(), answer);
    }

    /// Whether somebody has to see how an answer goes on that begins so.
    boolean mayBecomeRight(String begun) {
        return !(judge instanceof EarlyJudge early)
                || early.mayBecomeRight(question().goldenAnswer(), begun);
    }

    /// Whether answers are judged that nobody has written to their end.
    boolean isJudgedEarly() {
        return judge instanceof EarlyJudge;
    }

    private long place() {
        CRC32C check = new CRC32C();
        for (int id : ids()) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                check.update(id >>> shift);
            }
        }
        return new SplittableRandom(check.getValue()).nextLong();
    }

    private int[] ids() {
        return row.example().ids();
    }
}
