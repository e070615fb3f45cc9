package dev.stepwell.data.rows;

import dev.stepwell.core.training.FileFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Streams a file's rows. Whoever counts and whoever trains read through this class, so that both find the same rows
/// usable.
///
/// A file whose first character is `[` is one list of JSON, of which each element is a row; of any other each line is.
/// A file that is no UTF-8 text at all (compressed, UTF-16, …) is one refused row.
///
/// A file has one format: the shape that most of its first rows have, which are held until it is known. Rows of
/// another shape are refused.
public final class RowFile implements Closeable {
    /// Bytes a row may have where nothing else is said.
    public static final int DEFAULT_MAX_BYTES = 64 << 20;

    /// Usable rows by which a file's shape is decided.
    private static final int DECIDING_ROWS = 50;
    /// Bounds of what is looked through, and held, where these are hard to find or large.
    private static final int MOST_AHEAD = 1_000;
    private static final long MOST_CHARS_AHEAD = 4 << 20;

    private final ByteSource bytes;
    private final RowSource rows;
    private final Container container;
    private final FieldMapping mapping;
    private final Queue<RowSource.Found> ahead = new ArrayDeque<>();
    private boolean lookedAhead;
    private @Nullable Shape shape;
    private long shapeSince;

    /// Opens a file.
    ///
    /// @throws IOException if `file` cannot be read
    @SuppressWarnings("StreamResourceLeak") // This owns the stream.
    public static RowFile open(Path file, FieldMapping mapping) throws IOException {
        InputStream input = Files.newInputStream(file);
        try {
            return new RowFile(input, DEFAULT_MAX_BYTES, mapping);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /// Reads the first bytes of `input`.
    ///
    /// @param input    closed by [#close]
    /// @param maxBytes of a row
    /// @throws IOException              if the first bytes cannot be read
    /// @throws IllegalArgumentException if `maxBytes` is not positive
    public RowFile(InputStream input, int maxBytes, FieldMapping mapping) throws IOException {
        this.bytes = new ByteSource(input);
        this.mapping = mapping;
        this.container = bytes.beginsList() ? Container.LIST : Container.LINES;
        String foreign = bytes.foreignFormat();
        this.rows = foreign != null
                ? new RowSource.Foreign(foreign)
                : switch (container) {
                    case LINES -> new RowSource.Lines(new LineReader(bytes, maxBytes), mapping);
                    case LIST -> new RowSource.Elements(new ElementReader(bytes, maxBytes), mapping);
                };
    }

    /// The next row, or null at the end.
    ///
    /// @throws IOException if the file cannot be read
    public @Nullable FileRow next() throws IOException {
        if (!lookedAhead) {
            lookAhead();
        }
        RowSource.Found found = ahead.isEmpty() ? rows.next() : ahead.remove();
        return found == null ? null : ofShape(found);
    }

    /// What the file's rows are; to be asked when the first row has been read, or better the last.
    public FileFormat format() {
        String words = shape == null ? "no known format" : words(shape);
        return container == Container.LIST
                ? new FileFormat(words + ", JSON array", false)
                : new FileFormat(words, true);
    }

    private String words(Shape of) {
        return of == Shape.MAPPED ? mapping.words() : of.words();
    }

    private void lookAhead() throws IOException {
        lookedAhead = true;
        ShapeVote vote = new ShapeVote();
        long chars = 0;
        while (vote.rows() < DECIDING_ROWS && ahead.size() < MOST_AHEAD && chars < MOST_CHARS_AHEAD) {
            RowSource.Found found = rows.next();
            if (found == null) {
                break;
            }
            ahead.add(found);
            if (found instanceof RowSource.Found.Usable usable) {
                vote.count(usable);
                chars += usable.row().row().length();
            }
        }
        vote.winner().ifPresent(this::decide);
    }

    private void decide(RowSource.Found.Usable first) {
        shape = first.shape();
        shapeSince = first.row().line();
    }

    private FileRow ofShape(RowSource.Found found) {
        return switch (found) {
            case RowSource.Found.Refused(FileRow.Refused row) -> row;
            case RowSource.Found.Usable usable -> {
                Shape expected = shape;
                if (expected == null) {
                    decide(usable);
                    expected = usable.shape();
                }
                yield usable.shape() == expected ? usable.row() : mismatch(usable, expected);
            }
        };
    }

    private FileRow mismatch(RowSource.Found.Usable odd, Shape expected) {
        String keys =
                odd.shape().isNamedByKeys() ? "" : " (%s)".formatted(odd.shape().keys());
        return new FileRow.Refused(
                odd.row().line(),
                container == Container.LIST ? odd.row().column() : 0,
                "this row is %s%s, but its file is %s since line %d: put it into a file of its own"
                        .formatted(words(odd.shape()), keys, words(expected), shapeSince));
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
