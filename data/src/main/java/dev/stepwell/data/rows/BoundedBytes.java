package dev.stepwell.data.rows;

import java.util.Arrays;

/// The bytes of one row while they are being read: of a row longer than the bound, no more than the bound.
final class BoundedBytes {
    private static final byte[] NOTHING = {};

    private final int bound;
    private byte[] bytes = new byte[1 << 12];
    private int length;
    private boolean tooLong;

    /// @param bound bytes a row may have
    /// @throws IllegalArgumentException if it is not positive
    BoundedBytes(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("longest row: " + bound + " bytes");
        }
        this.bound = bound;
    }

    int bound() {
        return bound;
    }

    void clear() {
        length = 0;
        tooLong = false;
    }

    /// Adds `from[start..end)`, or as much of it as the bound allows.
    void add(byte[] from, int start, int end) {
        int count = Math.min(end - start, bound - length);
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(bound, Math.max(length + count, 2L * bytes.length)));
        }
        System.arraycopy(from, start, bytes, length, count);
        length += count;
        tooLong |= count < end - start;
    }

    /// Takes the last byte away if it is a carriage return.
    boolean dropCarriageReturn() {
        if (length == 0 || bytes[length - 1] != '\r') {
            return false;
        }
        length--;
        return true;
    }

    /// Whether something did not fit.
    boolean tooLong() {
        return tooLong;
    }

    /// A copy of what was added; nothing if something did not fit.
    byte[] copy() {
        return tooLong ? NOTHING : Arrays.copyOf(bytes, length);
    }
}
