package dev.stepwell.data.rows;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The bytes of a file, a buffer at a time. A UTF-8 byte order mark at the start is passed over.
///
/// Readers look at `buffer` from `position` to `limit`, move `position` on, and ask [#hasMore] at its end.
final class ByteSource implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    final byte[] buffer;
    int position;
    int limit;

    private final InputStream input;

    /// Reads the first bytes of `input`.
    ///
    /// @param input closed by [#close]
    /// @throws IOException if they cannot be read
    ByteSource(InputStream input) throws IOException {
        this(input, BUFFER_BYTES);
    }

    /// @param bufferBytes of the buffer; so many bytes are looked at to know what the file is
    ByteSource(InputStream input, int bufferBytes) throws IOException {
        this.input = input;
        buffer = new byte[bufferBytes];
        limit = input.readNBytes(buffer, 0, bufferBytes);
        if (limit >= 3 && buffer[0] == (byte) 0xEF && buffer[1] == (byte) 0xBB && buffer[2] == (byte) 0xBF) {
            position = 3;
        }
    }

    /// What the file is instead of UTF-8 text, judged by its first bytes; null if they look like text. To be asked
    /// before anything is read.
    @Nullable
    String foreignFormat() {
        return ForeignFormat.of(buffer, limit);
    }

    /// Whether the first byte that is not blank, if it is in the first buffer, opens a list. To be asked before
    /// anything is read.
    boolean beginsList() {
        for (int i = position; i < limit; i++) {
            if (!isBlank(buffer[i])) {
                return buffer[i] == '[';
            }
        }
        return false;
    }

    /// What JSON takes for white space.
    static boolean isBlank(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    /// Whether there is a byte at `position`; fills the buffer anew where it is at its end.
    ///
    /// @throws IOException if the file cannot be read
    boolean hasMore() throws IOException {
        while (position == limit) {
            int read = input.read(buffer, 0, buffer.length);
            if (read < 0) {
                return false;
            }
            position = 0;
            limit = read;
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
