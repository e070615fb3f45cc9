package dev.stepwell.data;

import dev.stepwell.core.training.FileFormat;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.rows.FileRow;
import dev.stepwell.data.rows.HoldOut;
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
import org.jspecify.annotations.Nullable;

/// Tokenizes the rows of files. Rows are parsed on the caller's thread, and tokenized a hundred at a time on all cores;
/// no more than such a chunk is held.
///
/// A chat template that asks for the date is given the day on which the file was written, so that its rows are the same
/// whenever they are read.
///
/// @param mapping names that fields have in files of others
record TokenizedRows(RowTokenizer tokenizer, FieldMapping mapping) {
    private static final int CHUNK_ROWS = 128;
    private static final long CHUNK_CHARS = 4 << 20;

    /// Shows all rows of `file` to `visitor`, in their order.
    ///
    /// @param holdOut which of them are not to be trained
    /// @param gate    asked after each chunk
    /// @return the file's format; null if the gate did not open
    /// @throws IOException if the file cannot be read
    @Nullable
    FileFormat read(Path file, HoldOut holdOut, Gate<RuntimeException> gate, RowVisitor visitor) throws IOException {
        Clock clock = clockOf(file);
        List<FileRow> chunk = new ArrayList<>();
        long chars = 0;
        try (RowFile rows = RowFile.open(file, mapping)) {
            for (FileRow next = rows.next(); next != null; next = rows.next()) {
                chunk.add(next);
                if (next instanceof FileRow.Usable usable) {
                    chars += usable.row().length();
                }
                if (chunk.size() == CHUNK_ROWS || chars > CHUNK_CHARS) {
                    show(chunk, clock, holdOut, visitor);
                    chunk.clear();
                    chars = 0;
                    if (!gate.opens()) {
                        return null;
                    }
                }
            }
            show(chunk, clock, holdOut, visitor);
            return rows.format();
        }
    }

    /// What a chat template is told of the date.
    static Clock clockOf(Path file) throws IOException {
        return Clock.fixed(Files.getLastModifiedTime(file).toInstant(), ZoneOffset.UTC);
    }

    /// Tokenizes the usable rows of a chunk together.
    private void show(List<FileRow> chunk, Clock clock, HoldOut holdOut, RowVisitor visitor) {
        List<Row> usable = new ArrayList<>();
        for (FileRow row : chunk) {
            if (row instanceof FileRow.Usable parsed) {
                usable.add(parsed.row());
            }
        }
        Iterator<TokenizedRow> tokenized = tokenizer.tokenize(usable, clock).iterator();
        for (FileRow row : chunk) {
            switch (row) {
                case FileRow.Refused refused -> visitor.refused(refused);
                case FileRow.Usable parsed -> {
                    switch (tokenized.next()) {
                        case TokenizedRow.Usable asked when holdOut.holds(parsed.row()) -> visitor.heldOut(asked);
                        case TokenizedRow.Usable kept -> visitor.usable(parsed.line(), kept);
                        case TokenizedRow.Refused(String reason) ->
                            visitor.refused(new FileRow.Refused(parsed.line(), 0, reason));
                    }
                }
            }
        }
    }
}
