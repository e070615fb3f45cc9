package dev.stepwell.data;

import dev.stepwell.data.chat.Example;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.HoldOut;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads and tokenizes a file of JSON rows, of whatever format [RowFile] knows. Of the file no more is held than what
/// [TrainingData] holds, and some rows on their way to it.
public final class JsonlDataReader implements DataReader {
    /// Rows that are kept to be asked, for previews and for later, unless another number is asked for.
    public static final int MAX_PREVIEWS = 64;

    private final TokenizedRows rows;
    private final int maxPreviews;

    /// @param mapping names that fields have in files of others
    public JsonlDataReader(RowTokenizer tokenizer, FieldMapping mapping) {
        this(new TokenizedRows(tokenizer, mapping), MAX_PREVIEWS);
    }

    private JsonlDataReader(TokenizedRows rows, int maxPreviews) {
        this.rows = rows;
        this.maxPreviews = maxPreviews;
    }

    /// This reader, but one that keeps at most `count` rows to be asked.
    public JsonlDataReader withPreviews(int count) {
        return new JsonlDataReader(rows, count);
    }

    @Override
    public TrainingData read(Path file) throws IOException {
        return Objects.requireNonNull(read(file, HoldOut.NONE, Gate.OPEN));
    }

    @Override
    public @Nullable TrainingData read(Path file, HoldOut holdOut, Gate<RuntimeException> gate) throws IOException {
        Collected collected = new Collected(maxPreviews);
        return rows.read(file, holdOut, gate, collected) == null ? null : collected.data();
    }

    private static final class Collected implements RowVisitor {
        private final LedgerBuilder ledger = new LedgerBuilder();
        private final List<Example> examples = new ArrayList<>();
        private final EvenSample<PreviewRow> previews;
        private final EvenSample<ExamRow> sample;
        private final EvenSample<ExamRow> heldOut = new EvenSample<>(HeldOutRows.MOST_OF_A_FILE);

        Collected(int maxPreviews) {
            previews = new EvenSample<>(maxPreviews);
            sample = new EvenSample<>(maxPreviews);
        }

        @Override
        public void refused(FileRow.Refused row) {
            ledger.refused(row);
        }

        @Override
        public void usable(long line, TokenizedRow.Usable row) {
            ledger.usable();
            if (row.truncated()) {
                ledger.truncated();
            }
            examples.add(row.example());
            if (Previews.canJudge(row)) {
                previews.offer(() -> Previews.of(row));
            }
            sample.offer(() -> examRow(row));
        }

        @Override
        public void heldOut(TokenizedRow.Usable row) {
            ledger.heldOut();
            heldOut.offer(() -> examRow(row));
        }

        private static ExamRow examRow(TokenizedRow.Usable row) {
            return new ExamRow(row.example(), Previews.canJudge(row) ? Previews.of(row) : null);
        }

        TrainingData data() {
            return new TrainingData(examples, previews.sample(), sample.sample(), heldOut.sample(), ledger.build());
        }
    }
}
