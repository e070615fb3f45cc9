package dev.stepwell.torch.safetensors;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// The bytes of a contiguous tensor in main memory, without copying them.
final class TensorMemory {
    /// What one buffer can address; larger tensors come in several.
    private static final long WINDOW = 1L << 30;

    private TensorMemory() {}

    /// Uses one stretch of a tensor's bytes.
    @FunctionalInterface
    interface Use<E extends Exception> {
        /// Is called for each stretch, in order.
        ///
        /// @param window part of the tensor's memory, valid during the call only
        /// @param offset bytes of the tensor before it
        void of(MemorySegment window, long offset) throws E;
    }

    static <E extends Exception> void forEachWindow(Tensor tensor, Use<E> use) throws E {
        if (!tensor.is_contiguous()) {
            throw new IllegalArgumentException("tensor of shape " + shape(tensor) + " is not contiguous");
        }
        long size = Math.multiplyExact(tensor.numel(), tensor.element_size());
        try (var _ = new PointerScope()) {
            BytePointer bytes = new BytePointer(tensor.data_ptr());
            for (long offset = 0; offset < size; offset += WINDOW) {
                long end = Math.min(size, offset + WINDOW);
                use.of(MemorySegment.ofBuffer(bytes.position(offset).limit(end).asByteBuffer()), offset);
            }
        }
    }

    static List<Long> shape(Tensor tensor) {
        return LongStream.of(tensor.shape()).boxed().toList();
    }
}
