package dev.stepwell.torch.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Writes a safetensors file tensor by tensor, so that no more than one of them has to be in memory.
///
/// Files are little-endian, as is every platform this is built for: memory goes to disk as it is.
public final class SafetensorsWriter implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Iterator<Map.Entry<String, SafetensorsHeader.Entry>> expected;

    private SafetensorsWriter(Path file, FileChannel channel, SafetensorsHeader header) {
        this.file = file;
        this.channel = channel;
        this.expected = header.tensors().entrySet().iterator();
    }

    /// How a tensor is stored.
    public record Stored(ElementType type, List<Long> shape) {
        public Stored {
            shape = List.copyOf(shape);
        }

        public long bytes() {
            return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
        }
    }

    /// Begins a new file, to which each of `tensors` will be written in this order.
    ///
    /// @throws IOException if it exists or cannot be written
    public static SafetensorsWriter create(
            Path file, SequencedMap<String, Stored> tensors, Map<String, String> metadata) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.of(tensors, metadata);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            byte[] json = header.toBytes();
            ByteBuffer length =
                    ByteBuffer.allocate(SafetensorsFile.LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            writeFully(channel, length.putLong(json.length).flip());
            writeFully(channel, ByteBuffer.wrap(json));
            return new SafetensorsWriter(file, channel, header);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// Writes the next tensor, converted to the type in which it is stored.
    ///
    /// @throws IllegalArgumentException if it has another shape than was said
    /// @throws IOException              if it cannot be written
    public void write(Tensor tensor) throws IOException {
        Map.Entry<String, SafetensorsHeader.Entry> next = expected.next();
        if (!next.getValue().shape().equals(TensorMemory.shape(tensor))) {
            throw new IllegalArgumentException("%s: tensor %s was to have shape %s, not %s"
                    .formatted(file, next.getKey(), next.getValue().shape(), TensorMemory.shape(tensor)));
        }
        try (var _ = new PointerScope()) {
            Tensor stored = tensor.to(next.getValue().type().torch()).cpu().contiguous();
            TensorMemory.<IOException>forEachWindow(stored, (window, _) -> writeFully(channel, window.asByteBuffer()));
        }
    }

    /// Ends the file. It is not flushed: who needs that, flushes all files that belong together.
    ///
    /// @throws IllegalStateException if a tensor was not written
    public void finish() {
        if (expected.hasNext()) {
            throw new IllegalStateException(
                    "%s ends before tensor %s".formatted(file, expected.next().getKey()));
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
