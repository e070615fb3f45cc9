package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.TensorOptions;

/// What a model computes on.
///
/// @param name by which libtorch knows it
public record Hardware(String name) {
    public static final Hardware CPU = new Hardware("cpu");
    /// A graphics card of NVIDIA.
    public static final Hardware CUDA = new Hardware("cuda");

    /// For libtorch; in the caller's pointer scope.
    Device device() {
        return new Device(name);
    }

    /// For new tensors of this type there; in the caller's pointer scope.
    TensorOptions options(Dtype dtype) {
        return dtype.options().device(new DeviceOptional(device()));
    }
}
