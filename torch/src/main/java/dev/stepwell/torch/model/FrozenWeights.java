package dev.stepwell.torch.model;

import dev.stepwell.torch.ModelConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The weights of a model that is not itself trained: no gradients, no optimizer. Owns native memory until [#close()].
public final class FrozenWeights implements Leaves, AutoCloseable {
    private final ParameterLayout layout;
    private final Dtype dtype;
    private final Hardware hardware;
    private final Tensor values;
    private final Map<String, Tensor> leaves = new LinkedHashMap<>();

    /// @param shared weights on whose memory these are
    private FrozenWeights(ParameterLayout layout, Dtype dtype, Hardware hardware, Tensor shared) {
        this.layout = layout;
        this.dtype = dtype;
        this.hardware = hardware;
        try (var _ = new PointerScope()) {
            // A tensor of its own on the same memory, so that each owner releases what it holds.
            values = shared.detach().retainReference();
            for (ParameterLayout.Leaf leaf : layout.leaves()) {
                leaves.put(leaf.name(), leaf.in(values).detach().retainReference());
            }
        }
    }

    /// Weights of shape `config` in float32, all 0, to be filled.
    public static FrozenWeights zeros(ModelConfig config) {
        return zeros(config, Dtype.F32);
    }

    /// Weights of shape `config`, all 0, to be filled.
    ///
    /// @param dtype in which they are held, and the model computes
    public static FrozenWeights zeros(ModelConfig config, Dtype dtype) {
        return zeros(config, dtype, Hardware.CPU);
    }

    /// The same on other hardware.
    public static FrozenWeights zeros(ModelConfig config, Dtype dtype, Hardware hardware) {
        ParameterLayout layout = ParameterLayout.of(config);
        try (var _ = new PointerScope()) {
            Tensor values = torch.zeros(new long[] {layout.size()}, hardware.options(dtype));
            return new FrozenWeights(layout, dtype, hardware, values);
        }
    }

    /// The same weights on the same memory, for another owner.
    FrozenWeights replica() {
        return new FrozenWeights(layout, dtype, hardware, values);
    }

    Dtype dtype() {
        return dtype;
    }

    /// By Hugging Face's names, to be filled; in the caller's scope.
    public SequencedMap<String, Tensor> named() {
        return layout.named(values);
    }

    @Override
    public Hardware hardware() {
        return hardware;
    }

    @Override
    public @Nullable Tensor find(String name) {
        return leaves.get(name);
    }

    @Override
    public void close() {
        leaves.values().forEach(Tensor::releaseReference);
        values.releaseReference();
    }
}
