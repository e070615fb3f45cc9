package dev.stepwell.torch.model;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The type in which a model multiplies and hands on. Some things are in float32 whatever it is: norms, rotation
/// and attention, scores and loss, and everything that is trained.
public enum Dtype {
    F32(ScalarType.Float, Float.BYTES),
    /// Brain float: float32 without the lower half of its bits.
    BF16(ScalarType.BFloat16, Short.BYTES);

    private final ScalarType torch;
    private final int bytes;

    Dtype(ScalarType torch, int bytes) {
        this.torch = torch;
        this.bytes = bytes;
    }

    /// Of one number.
    int bytes() {
        return bytes;
    }

    /// `x` in this type; in the caller's scope, or the same object.
    Tensor cast(Tensor x) {
        return this == F32 ? x : x.to(torch);
    }

    /// `x`, which is of this type or float32 already, in float32; in the caller's scope, or the same object.
    Tensor exact(Tensor x) {
        return this == F32 ? x : x.to(ScalarType.Float);
    }

    /// For new tensors of this type; in the caller's scope.
    TensorOptions options() {
        return new TensorOptions().dtype(new ScalarTypeOptional(torch));
    }
}
