package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;

/// What a model computes on.
///
/// @param name by which libtorch knows it
/// @param wide whether it works on thousands of positions in the time that a call into libtorch takes: then all rows
///             go through the model at once, and some padding is better than more calls
public record Hardware(String name, boolean wide) {
    public static final Hardware CPU = new Hardware("cpu", false);
    /// A graphics card of NVIDIA.
    public static final Hardware CUDA = new Hardware("cuda", true);

    /// Bytes of scores of the vocabulary that are in memory at a time: on a CPU no more than its cache may hold, and
    /// elsewhere enough to keep it busy.
    private static final long SCORES_OF_CPU = 16L << 20;

    private static final long SCORES_OF_WIDE = 512L << 20;

    /// Bytes of keys and values that are kept at a time where rows are answered together.
    private static final long CACHE_OF_CPU = 512L << 20;

    private static final long CACHE_OF_WIDE = 2L << 30;

    /// For libtorch; in the caller's pointer scope.
    Device device() {
        return new Device(name);
    }

    /// For new tensors of this type there; in the caller's pointer scope.
    TensorOptions options(Dtype dtype) {
        return dtype.options().device(new DeviceOptional(device()));
    }

    /// The type in which a model that computes in `dtype` has its attention proper: on CPUs that takes libtorch twelve
    /// times as long in bfloat16, on graphics cards it has a fused kernel for it.
    Dtype attention(Dtype dtype) {
        return wide ? dtype : Dtype.F32;
    }

    /// Bytes of scores of the vocabulary that are in memory at a time.
    long scoresBytes() {
        return wide ? SCORES_OF_WIDE : SCORES_OF_CPU;
    }

    /// Bytes of keys and values that are kept at a time where rows are answered together.
    long cacheBytes() {
        return wide ? CACHE_OF_WIDE : CACHE_OF_CPU;
    }
}
