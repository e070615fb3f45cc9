package dev.stepwell.torch.safetensors;

import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// How a tensor's elements are stored. The format knows more; these are what models are saved in, and what comes
/// with them.
public enum ElementType {
    F32(4, ScalarType.Float),
    F16(2, ScalarType.Half),
    BF16(2, ScalarType.BFloat16),
    I64(8, ScalarType.Long);

    private final int bytes;
    private final ScalarType torch;

    ElementType(int bytes, ScalarType torch) {
        this.bytes = bytes;
        this.torch = torch;
    }

    /// Bytes of one element.
    public int bytes() {
        return bytes;
    }

    ScalarType torch() {
        return torch;
    }

    static Optional<ElementType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }
}
