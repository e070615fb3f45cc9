package dev.stepwell.data.rows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Streams a file's lines as rows. Whoever counts and whoever trains read through this class, so that both find the
/// same rows usable.
///
/// A file that is no UTF-8 text at all (compressed, UTF-16, …) has no lines: it is one refused row.
public final class RowFile implements Closeable {
    private final LineReader lines;
    private final RowParser parser = new RowParser();
    private final @Nullable String foreignFormat;
    private boolean done;

    /// Opens a file.
    ///
    /// @throws IOException if `file` cannot be read
    public RowFile(Path file) throws IOException {
        this(LineReader.open(file));
    }

    /// Rows of lines that are being read; closing this closes them.
    public RowFile(LineReader lines) {
        this.lines = lines;
        foreignFormat = lines.foreignFormat();
    }

    /// A line with its place in the file.
    ///
    /// @param number physical line, from 1
    public record NumberedRow(long number, ParsedRow row) {}

    /// The next line's row, or null at the end.
    ///
    /// @throws IOException if the file cannot be read
    public @Nullable NumberedRow next() throws IOException {
        if (done) {
            return null;
        }
        if (foreignFormat != null) {
            done = true;
            return new NumberedRow(1, new ParsedRow.Refused(0, foreignFormat));
        }
        PhysicalLine line = lines.next();
        return line == null ? null : new NumberedRow(line.number(), parse(line));
    }

    private ParsedRow parse(PhysicalLine line) {
        if (line.tooLong()) {
            return new ParsedRow.Refused(0, "the line is longer than %d bytes".formatted(lines.maxBytes()));
        }
        return switch (Utf8Lines.decode(line)) {
            case Utf8Lines.Decoded.Text(String text) -> parser.parse(text);
            case Utf8Lines.Decoded.Fault(int column, String reason) -> new ParsedRow.Refused(column, reason);
        };
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
