package dev.stepwell.torch.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/// Float32 tensors to and from safetensors files, whose format [SafetensorsHeader] draws.
///
/// Files are little-endian, as is every platform this is built for: memory goes to disk as it is.
public final class Safetensors {
    private static final int LENGTH_BYTES = 8;

    private Safetensors() {}

    /// Writes a new file. It is on disk when this returns.
    ///
    /// @throws IOException if it exists or cannot be written
    public static void write(Path file, SequencedMap<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shapes.put(name, TensorMemory.shape(tensor)));
        byte[] header = SafetensorsHeader.of(shapes, metadata).toBytes();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, length.putLong(header.length).flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (Tensor tensor : tensors.values()) {
                TensorMemory.<IOException>forEachWindow(
                        tensor, (window, _) -> writeFully(channel, window.asByteBuffer()));
            }
            channel.force(true);
        }
    }

    /// Fills `tensors` from a file, which must hold exactly these names and shapes.
    ///
    /// @return the file's metadata
    /// @throws CorruptFileException if the file is damaged or holds something else; some tensors may then be filled
    /// @throws IOException          if it cannot be read
    public static Map<String, String> readInto(Path file, SequencedMap<String, Tensor> tensors) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined();
                var _ = new NoGradGuard()) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            long dataStart = LENGTH_BYTES + headerLength(file, mapped);
            byte[] json = new byte[(int) dataStart - LENGTH_BYTES];
            MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, LENGTH_BYTES, json, 0, json.length);
            SafetensorsHeader header = SafetensorsHeader.parse(file, json, mapped.byteSize() - dataStart);
            for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
                long begin = dataStart
                        + matching(file, header, tensor.getKey(), tensor.getValue())
                                .begin();
                TensorMemory.<RuntimeException>forEachWindow(
                        tensor.getValue(),
                        (window, offset) -> window.copyFrom(mapped.asSlice(begin + offset, window.byteSize())));
            }
            for (String name : header.tensors().keySet()) {
                if (!tensors.containsKey(name)) {
                    throw new CorruptFileException(file, "tensor %s belongs to no part of the model".formatted(name));
                }
            }
            return header.metadata();
        }
    }

    private static long headerLength(Path file, MemorySegment mapped) throws CorruptFileException {
        if (mapped.byteSize() < LENGTH_BYTES) {
            throw new CorruptFileException(file, "%d bytes are no safetensors file".formatted(mapped.byteSize()));
        }
        long length = mapped.asSlice(0, LENGTH_BYTES)
                .asByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong();
        if (length < 2 || length > SafetensorsHeader.MAX_BYTES || length > mapped.byteSize() - LENGTH_BYTES) {
            throw new CorruptFileException(
                    file, "it claims a header of %d bytes in %d".formatted(length, mapped.byteSize()));
        }
        return length;
    }

    private static SafetensorsHeader.Entry matching(Path file, SafetensorsHeader header, String name, Tensor tensor)
            throws CorruptFileException {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new CorruptFileException(file, "it has no tensor " + name);
        }
        List<Long> shape = TensorMemory.shape(tensor);
        if (!entry.shape().equals(shape)) {
            throw new CorruptFileException(
                    file, "tensor %s has shape %s where the model has %s".formatted(name, entry.shape(), shape));
        }
        return entry;
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
