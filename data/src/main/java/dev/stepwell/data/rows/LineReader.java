package dev.stepwell.data.rows;

import dev.stepwell.data.rows.PhysicalLine.Ending;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Streams the physical lines of a file as bytes. A line ends with LF or CRLF; the last one may end with the file.
///
/// Never holds more than one line, and of a line longer than the bound only as much as the bound: the rest is read
/// and dropped, and the line is marked as too long.
final class LineReader {
    private final ByteSource source;
    private final BoundedBytes line;
    private long number;

    /// @param source   not closed
    /// @param maxBytes of a line, its LF not counted
    /// @throws IllegalArgumentException if `maxBytes` is not positive
    LineReader(ByteSource source, int maxBytes) {
        this.source = source;
        line = new BoundedBytes(maxBytes);
    }

    /// Bytes a line may have.
    int maxBytes() {
        return line.bound();
    }

    /// The next line, or null after the last.
    ///
    /// @throws IOException if the file cannot be read
    @Nullable
    PhysicalLine next() throws IOException {
        if (!source.hasMore()) {
            return null;
        }
        number++;
        line.clear();
        boolean ended = false;
        while (!ended && source.hasMore()) {
            int feed = indexOfLineFeed();
            int end = feed < 0 ? source.limit : feed;
            line.add(source.buffer, source.position, end);
            ended = feed >= 0;
            source.position = ended ? end + 1 : end;
        }
        Ending ending = ending(ended);
        return new PhysicalLine(number, line.copy(), ending, line.tooLong());
    }

    private Ending ending(boolean ended) {
        if (!ended) {
            return Ending.END_OF_FILE;
        }
        return line.dropCarriageReturn() ? Ending.CRLF : Ending.LF;
    }

    private int indexOfLineFeed() {
        for (int i = source.position; i < source.limit; i++) {
            if (source.buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
