package dev.stepwell.app.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// TensorFlow's framing of records, which TensorBoard reads.
///
/// ```
///  uint64  length                 all little-endian
///  uint32  masked CRC-32C of the length
///  byte    data[length]
///  uint32  masked CRC-32C of the data
/// ```
///
/// Format: `tensorflow/core/lib/io/record_writer.h`. A checksum is rotated right by 15 bits, and a constant is added,
/// so that a record which contains records is not summed over their sums.
final class TfRecord {
    private static final int MASK = 0xa282ead8;

    private TfRecord() {}

    /// `data` as one record.
    static byte[] framed(byte[] data) {
        ByteBuffer frame = ByteBuffer.allocate(Long.BYTES + 2 * Integer.BYTES + data.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        frame.putLong(data.length);
        frame.putInt(maskedSum(frame.array(), Long.BYTES));
        frame.put(data);
        frame.putInt(maskedSum(data, data.length));
        return frame.array();
    }

    private static int maskedSum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return Integer.rotateRight((int) sum.getValue(), 15) + MASK;
    }
}
