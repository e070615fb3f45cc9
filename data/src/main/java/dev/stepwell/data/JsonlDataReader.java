package dev.stepwell.data;

import dev.stepwell.data.chat.Example;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.Row;
import dev.stepwell.data.rows.RowFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads and tokenizes a file of JSON rows, of whatever format [RowFile] knows. Rows are parsed on the caller's thread,
/// and tokenized a hundred at a time on all cores. Of the rows no more than such a chunk is held; of the file, what
/// [TrainingData] holds.
///
/// A chat template that asks for the date is given the day on which the file was written, so that its rows are the same
/// whenever they are read.
public final class JsonlDataReader implements DataReader {
    /// Rows that are kept for previews, unless another number is asked for.
    public static final int MAX_PREVIEWS = 64;

    private static final int CHUNK_ROWS = 128;
    private static final long CHUNK_CHARS = 4 << 20;

    private final RowTokenizer tokenizer;
    private final FieldMapping mapping;
    private final int maxPreviews;

    /// @param mapping names that fields have in files of others
    public JsonlDataReader(RowTokenizer tokenizer, FieldMapping mapping) {
        this(tokenizer, mapping, MAX_PREVIEWS);
    }

    private JsonlDataReader(RowTokenizer tokenizer, FieldMapping mapping, int maxPreviews) {
        this.tokenizer = tokenizer;
        this.mapping = mapping;
        this.maxPreviews = maxPreviews;
    }

    /// This reader, but one that keeps at most `count` rows for previews.
    public JsonlDataReader withPreviews(int count) {
        return new JsonlDataReader(tokenizer, mapping, count);
    }

    @Override
    public TrainingData read(Path file) throws IOException {
        return Objects.requireNonNull(read(file, Gate.OPEN));
    }

    @Override
    public @Nullable TrainingData read(Path file, Gate<RuntimeException> gate) throws IOException {
        Clock clock = Clock.fixed(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
        Collected collected = new Collected(maxPreviews);
        List<FileRow> chunk = new ArrayList<>();
        long chars = 0;
        try (RowFile rows = RowFile.open(file, mapping)) {
            for (FileRow next = rows.next(); next != null; next = rows.next()) {
                chunk.add(next);
                if (next instanceof FileRow.Usable usable) {
                    chars += usable.row().length();
                }
                if (chunk.size() == CHUNK_ROWS || chars > CHUNK_CHARS) {
                    collect(chunk, clock, collected);
                    chunk.clear();
                    chars = 0;
                    if (!gate.opens()) {
                        return null;
                    }
                }
            }
        }
        collect(chunk, clock, collected);
        return new TrainingData(collected.examples, collected.previews.sample(), collected.ledger.build());
    }

    /// Tokenizes the usable rows of a chunk together, and keeps all of them in the order of the file.
    private void collect(List<FileRow> chunk, Clock clock, Collected collected) {
        List<Row> usable = new ArrayList<>();
        for (FileRow row : chunk) {
            if (row instanceof FileRow.Usable parsed) {
                usable.add(parsed.row());
            }
        }
        Iterator<TokenizedRow> tokenized = tokenizer.tokenize(usable, clock).iterator();
        for (FileRow row : chunk) {
            switch (row) {
                case FileRow.Refused refused -> collected.ledger.refused(refused);
                case FileRow.Usable parsed -> collected.add(parsed.line(), tokenized.next());
            }
        }
    }

    private static final class Collected {
        final LedgerBuilder ledger = new LedgerBuilder();
        final List<Example> examples = new ArrayList<>();
        final EvenSample<PreviewRow> previews;

        Collected(int maxPreviews) {
            previews = new EvenSample<>(maxPreviews);
        }

        void add(long line, TokenizedRow row) {
            switch (row) {
                case TokenizedRow.Refused(String reason) -> ledger.refused(new FileRow.Refused(line, 0, reason));
                case TokenizedRow.Usable usable -> add(usable);
            }
        }

        private void add(TokenizedRow.Usable row) {
            ledger.usable();
            if (row.truncated()) {
                ledger.truncated();
            }
            examples.add(row.example());
            if (Previews.canJudge(row)) {
                previews.offer(() -> Previews.of(row));
            }
        }
    }
}
