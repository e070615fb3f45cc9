package dev.stepwell.data.rows;

import dev.stepwell.data.rows.PhysicalLine.Ending;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Streams the physical lines of a file as bytes. A line ends with LF or CRLF; the last one may end with the file. A
/// UTF-8 byte order mark at the start is passed over.
///
/// Never holds more than one line, and of a line longer than the bound only as much as the bound: the rest is read
/// and dropped, and the line is marked as too long.
public final class LineReader implements Closeable {
    /// Bytes a line may have where nothing else is said.
    public static final int DEFAULT_MAX_BYTES = 64 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final byte[] NOTHING = {};

    private final InputStream input;
    private final int maxBytes;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;
    private long number;
    private byte[] line = new byte[1 << 12];
    private int length;

    /// Reads the first bytes of `input`.
    ///
    /// @param input    closed by [#close]
    /// @param maxBytes of a line, its LF not counted
    /// @throws IOException              if the first bytes cannot be read
    /// @throws IllegalArgumentException if `maxBytes` is not positive
    public LineReader(InputStream input, int maxBytes) throws IOException {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("longest line: " + maxBytes + " bytes");
        }
        this.input = input;
        this.maxBytes = maxBytes;
        limit = input.readNBytes(buffer, 0, BUFFER_BYTES);
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    /// Opens `file` with the default bound.
    ///
    /// @throws IOException if it cannot be read
    @SuppressWarnings("StreamResourceLeak") // The reader owns the stream.
    public static LineReader open(Path file) throws IOException {
        InputStream input = Files.newInputStream(file);
        try {
            return new LineReader(input, DEFAULT_MAX_BYTES);
        } catch (IOException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /// What the file is instead of UTF-8 text, judged by its first bytes; null if they look like text. To be asked
    /// before the first line is read.
    public @Nullable String foreignFormat() {
        return ForeignFormat.of(buffer, limit);
    }

    /// Bytes a line may have.
    int maxBytes() {
        return maxBytes;
    }

    /// The next line, or null after the last.
    ///
    /// @throws IOException if the file cannot be read
    public @Nullable PhysicalLine next() throws IOException {
        if (!hasMore()) {
            return null;
        }
        number++;
        length = 0;
        boolean tooLong = false;
        boolean ended = false;
        while (!ended && hasMore()) {
            int feed = indexOfLineFeed();
            int end = feed < 0 ? limit : feed;
            tooLong |= !append(end);
            ended = feed >= 0;
            position = ended ? end + 1 : end;
        }
        Ending ending = ending(ended);
        return new PhysicalLine(number, tooLong ? NOTHING : Arrays.copyOf(line, length), ending, tooLong);
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private Ending ending(boolean ended) {
        if (!ended) {
            return Ending.END_OF_FILE;
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
            return Ending.CRLF;
        }
        return Ending.LF;
    }

    private boolean hasMore() throws IOException {
        while (position == limit) {
            int read = input.read(buffer, 0, BUFFER_BYTES);
            if (read < 0) {
                return false;
            }
            position = 0;
            limit = read;
        }
        return true;
    }

    private int indexOfLineFeed() {
        for (int i = position; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /// Adds the buffer up to `end` to the line, or as much of it as the bound allows; says whether all of it fitted.
    private boolean append(int end) {
        int wanted = end - position;
        int count = Math.min(wanted, maxBytes - length);
        if (length + count > line.length) {
            line = Arrays.copyOf(line, (int) Math.min(maxBytes, Math.max(length + count, 2L * line.length)));
        }
        System.arraycopy(buffer, position, line, length, count);
        length += count;
        return count == wanted;
    }
}
