package dev.stepwell.torch.evaluation;

import dev.stepwell.data.ExamRow;
import dev.stepwell.data.HeldOutRows;
import dev.stepwell.data.KeptRows;
import dev.stepwell.data.KeptRows.Kept;
import dev.stepwell.data.ValidationSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// The rows that can be asked, where they lie. Whatever goes wrong there is an [ExamException], because it costs no
/// training.
record Papers(EvaluationConfig config) {
    /// The validation set as it is now.
    List<ValidationSet.Part> fixed() {
        ValidationSet validation = config.validation();
        try {
            return validation == null ? List.of() : validation.parts();
        } catch (IOException e) {
            throw new ExamException("the validation set cannot be read: " + e, e);
        }
    }

    /// `parts` in the order in which they are asked, each with who judges it: by turns one of those that are no file's
    /// that is trained, shuffled together, and one held out of a file, file after file, those of each shuffled.
    List<Asked> asked(List<ValidationSet.Part> parts) {
        List<Asked> others = new ArrayList<>();
        List<Asked> heldOut = new ArrayList<>();
        for (ValidationSet.Part part : parts) {
            List<Asked> rows = Asked.all(part.rows(), config.judges().of(part.file()));
            if (part.heldOut()) {
                heldOut.addAll(Asked.shuffled(rows));
            } else {
                others.addAll(rows);
            }
        }
        return Asked.byTurns(Asked.shuffled(others), heldOut);
    }

    /// The files of which rows are kept.
    List<Long> learntFiles() {
        KeptRows kept = config.kept();
        try {
            return kept == null ? List.of() : kept.files();
        } catch (IOException e) {
            throw new ExamException("kept rows cannot be read: " + e, e);
        }
    }

    /// What is kept of one of [#learntFiles].
    Kept learnt(long fileId) {
        KeptRows kept = config.kept();
        if (kept == null) {
            throw new IllegalStateException("nothing is kept");
        }
        try {
            return kept.of(fileId);
        } catch (IOException e) {
            throw new ExamException("kept rows cannot be read: " + e.getMessage(), e);
        }
    }

    List<Asked> asked(Kept kept) {
        return Asked.all(kept.rows(), config.judges().of(kept.name()));
    }

    /// Those of `rows` that are kept of a file, spread evenly over it.
    List<ExamRow> toBeKept(List<ExamRow> rows) {
        int count = config.kept() == null ? 0 : Math.min(rows.size(), config.keptRows());
        return IntStream.range(0, count)
                .mapToObj(i -> rows.get((int) ((long) i * rows.size() / count)))
                .toList();
    }

    /// Keeps some of the rows of a file that was trained to its end.
    void keep(long fileId, String name, List<ExamRow> rows) {
        KeptRows kept = config.kept();
        if (kept == null || config.keptRows() == 0) {
            return;
        }
        try {
            kept.keep(new Kept(fileId, name, toBeKept(rows)));
        } catch (IOException e) {
            throw new ExamException("rows of %s cannot be kept: %s".formatted(name, e), e);
        }
    }

    /// Puts rows of a file aside that it does not train.
    void holdOut(long fileId, String name, List<ExamRow> rows) {
        HeldOutRows heldOut = config.heldOut();
        if (heldOut == null) {
            return;
        }
        try {
            heldOut.put(new Kept(fileId, name, rows));
        } catch (IOException e) {
            throw new ExamException("rows held out of %s cannot be kept: %s".formatted(name, e), e);
        }
    }
}
