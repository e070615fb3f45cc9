package dev.stepwell.torch.safetensors;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// A safetensors file of any size, mapped into memory: nothing of it is read before it is asked for. The header was
/// checked against the file when this was made. Belongs to one thread.
public final class SafetensorsFile implements AutoCloseable {
    static final int LENGTH_BYTES = 8;
    /// What one buffer can address; larger tensors come in several. A multiple of every element's size.
    private static final long WINDOW = 1L << 30;

    private final Path path;
    private final Arena arena;
    private final MemorySegment data;
    private final SafetensorsHeader header;

    private SafetensorsFile(Path path, Arena arena, MemorySegment data, SafetensorsHeader header) {
        this.path = path;
        this.arena = arena;
        this.data = data;
        this.header = header;
    }

    /// Opens a file.
    ///
    /// @throws CorruptFileException if it is damaged
    /// @throws IOException          if it cannot be read
    @SuppressWarnings("MustBeClosedChecker") // The arena lives as long as the file is open.
    public static SafetensorsFile open(Path file) throws IOException {
        Arena arena = Arena.ofConfined();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            long dataStart = LENGTH_BYTES + headerLength(file, mapped);
            byte[] json = new byte[(int) dataStart - LENGTH_BYTES];
            MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, LENGTH_BYTES, json, 0, json.length);
            MemorySegment data = mapped.asSlice(dataStart);
            return new SafetensorsFile(file, arena, data, SafetensorsHeader.parse(file, json, data.byteSize()));
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static long headerLength(Path file, MemorySegment mapped) throws CorruptFileException {
        if (mapped.byteSize() < LENGTH_BYTES) {
            throw new CorruptFileException(file, "%d bytes are no safetensors file".formatted(mapped.byteSize()));
        }
        long length = mapped.get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
        if (length < 2 || length > SafetensorsHeader.MAX_BYTES || length > mapped.byteSize() - LENGTH_BYTES) {
            throw new CorruptFileException(
                    file, "it claims a header of %d bytes in %d".formatted(length, mapped.byteSize()));
        }
        return length;
    }

    public Path path() {
        return path;
    }

    /// What the file holds, by name, in the order of its bytes.
    public SequencedMap<String, SafetensorsHeader.Entry> tensors() {
        return header.tensors();
    }

    /// Free text by key.
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /// What the file says of one tensor.
    ///
    /// @throws CorruptFileException if there is no such tensor
    public SafetensorsHeader.Entry entry(String name) throws CorruptFileException {
        SafetensorsHeader.Entry entry = header.tensors().get(name);
        if (entry == null) {
            throw new CorruptFileException(path, "it has no tensor " + name);
        }
        return entry;
    }

    /// A few bytes of each tensor, by which another file of the same tensors is told from this one.
    ///
    /// @param bytes of each tensor, at most
    /// @param sink  takes the name of each tensor and bytes from its middle
    public void sample(int bytes, BiConsumer<String, byte[]> sink) {
        header.tensors().forEach((name, entry) -> {
            long middle = entry.begin() + (entry.end() - entry.begin()) / 2;
            sink.accept(
                    name,
                    data.asSlice(middle, Math.min(bytes, entry.end() - middle)).toArray(ValueLayout.JAVA_BYTE));
        });
    }

    /// What the file says of one tensor, which has this shape.
    ///
    /// @throws CorruptFileException if there is no such tensor, or it has another shape
    public SafetensorsHeader.Entry entry(String name, List<Long> shape) throws CorruptFileException {
        SafetensorsHeader.Entry entry = entry(name);
        if (!entry.shape().equals(shape)) {
            throw new CorruptFileException(
                    path, "tensor %s has shape %s where the model has %s".formatted(name, entry.shape(), shape));
        }
        return entry;
    }

    /// Fills `target`, which is contiguous, converting what is stored to its own type.
    ///
    /// @throws CorruptFileException if there is no such tensor, or it has another shape
    public void read(String name, Tensor target) throws CorruptFileException {
        List<Long> shape = LongStream.of(target.shape()).boxed().toList();
        SafetensorsHeader.Entry entry = entry(name, shape);
        if (!target.is_contiguous()) {
            throw new IllegalArgumentException("tensor of shape " + shape + " is not contiguous");
        }
        copy(entry, target);
    }

    private void copy(SafetensorsHeader.Entry entry, Tensor target) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor flat = target.view(-1);
            TensorOptions stored = new TensorOptions()
                    .dtype(new ScalarTypeOptional(entry.type().torch()));
            for (long at = entry.begin(); at < entry.end(); at += WINDOW) {
                long bytes = Math.min(WINDOW, entry.end() - at);
                long count = bytes / entry.type().bytes();
                BytePointer window = new BytePointer(data.asSlice(at, bytes).asByteBuffer());
                Tensor source = torch.from_blob(window, new long[] {count}, stored);
                flat.narrow(0, (at - entry.begin()) / entry.type().bytes(), count)
                        .copy_(source);
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
