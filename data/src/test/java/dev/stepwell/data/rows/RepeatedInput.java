package dev.stepwell.data.rows;

import java.io.InputStream;

/// A block of bytes over and over, so that a test can read a large file without having one.
final class RepeatedInput extends InputStream {
    private final byte[] block;
    private final long size;
    private long position;

    RepeatedInput(byte[] block, long times) {
        this.block = block;
        size = block.length * times;
    }

    @Override
    public int read() {
        return position < size ? Byte.toUnsignedInt(block[(int) (position++ % block.length)]) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (position == size) {
            return -1;
        }
        int from = (int) (position % block.length);
        int count = Math.min(length, block.length - from);
        System.arraycopy(block, from, into, offset, count);
        position += count;
        return count;
    }
}
