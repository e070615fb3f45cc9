package dev.stepwell.torch.model;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The weights of a model and their gradients, each in one buffer laid out by a [ParameterLayout].
///
/// Leaves are views of the buffers: what the optimizer writes into [#values()] is what the next forward pass reads,
/// and what backward passes add up is what [#gradients()] shows. Owns native memory until [#close()].
public final class Parameters implements Leaves, AutoCloseable {
    private final ParameterLayout layout;
    private final Hardware hardware;
    private final Tensor values;
    private final Tensor gradients;
    private final Map<String, Tensor> leaves = new LinkedHashMap<>();

    /// @param shared weights on whose memory these are
    private Parameters(ParameterLayout layout, Hardware hardware, Tensor shared) {
        this.layout = layout;
        this.hardware = hardware;
        try (var _ = new PointerScope()) {
            // A tensor of its own on the same memory, so that each owner releases what it holds.
            values = shared.detach().retainReference();
            gradients = torch.zeros_like(values).retainReference();
            for (ParameterLayout.Leaf leaf : layout.leaves()) {
                Tensor view = leaf.in(values).detach();
                view.set_requires_grad(true);
                view.mutable_grad().put(leaf.in(gradients));
                leaves.put(leaf.name(), view.retainReference());
            }
        }
    }

    private static Parameters zeros(ParameterLayout layout, Hardware hardware) {
        try (var _ = new PointerScope()) {
            return new Parameters(
                    layout, hardware, torch.zeros(new long[] {layout.size()}, hardware.options(Dtype.F32)));
        }
    }

    /// New weights of shape `config`, drawn as [#initialize] does.
    public static Parameters random(ModelConfig config, long seed) {
        Parameters parameters = zeros(config);
        parameters.initialize(config.initializerRange(), seed);
        return parameters;
    }

    /// Draws all weights anew: matrices from a normal distribution, norms are 1, biases 0. The same seed gives the same
    /// weights.
    ///
    /// @param standardDeviation of the matrices
    public void initialize(double standardDeviation, long seed) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            torch.manual_seed(seed);
            // Slot by slot, so that the numbers do not depend on how slots are joined into leaves.
            for (ParameterLayout.Slot slot : layout.slots()) {
                Tensor weight = slot.in(values);
                if (slot.offset() < layout.matrixEnd()) {
                    weight.copy_(drawn(weight).normal_(0, standardDeviation, new GeneratorOptional()));
                } else {
                    weight.fill_(new Scalar(slot.isBias() ? 0.0f : 1.0f));
                }
            }
        }
    }

    /// Weights of shape `config`, all 0, to be filled from a checkpoint.
    public static Parameters zeros(ModelConfig config) {
        return zeros(config, Hardware.CPU);
    }

    /// The same on other hardware.
    public static Parameters zeros(ModelConfig config, Hardware hardware) {
        return zeros(ParameterLayout.of(config), hardware);
    }

    /// Adapters by `lora` for a model of shape `config`, all 0, to be filled or [initialized][#initializeAdapters].
    public static Parameters adapters(ModelConfig config, LoraConfig lora) {
        return adapters(config, lora, Hardware.CPU);
    }

    /// The same on other hardware.
    public static Parameters adapters(ModelConfig config, LoraConfig lora, Hardware hardware) {
        return zeros(LoraLayout.of(config, lora), hardware);
    }

    /// No weights at all, for a model of which nothing is trained.
    static Parameters none() {
        return zeros(new ParameterLayout(List.of(), List.of(), 0, 0), Hardware.CPU);
    }

    /// Draws adapters anew, as PEFT does: `A` uniform within `±1 / √in`, `B` 0, so that nothing is added at first. The
    /// same seed gives the same adapters.
    public void initializeAdapters(long seed) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            torch.manual_seed(seed);
            for (ParameterLayout.Slot slot : layout.slots()) {
                Tensor weight = slot.in(values);
                if (slot.isLoraA()) {
                    double bound = 1 / Math.sqrt(slot.shape().getLast());
                    weight.copy_(drawn(weight).uniform_(-bound, bound, new GeneratorOptional()));
                } else {
                    weight.zero_();
                }
            }
        }
    }

    /// Memory for random numbers, which are drawn on the CPU: so they are the same on any hardware.
    private static Tensor drawn(Tensor weight) {
        return torch.empty(weight.shape());
    }

    /// The same weights, on the same memory, with gradients of their own: for another thread's backward passes.
    Parameters replica() {
        return new Parameters(layout, hardware, values);
    }

    public ParameterLayout layout() {
        return layout;
    }

    /// All weights in one dimension.
    public Tensor values() {
        return values;
    }

    /// All gradients in one dimension, zero where no backward pass has added any.
    public Tensor gradients() {
        return gradients;
    }

    @Override
    public Hardware hardware() {
        return hardware;
    }

    @Override
    public @Nullable Tensor find(String name) {
        return leaves.get(name);
    }

    /// Views of `buffer` by Hugging Face's names; `buffer` is laid out as the weights are. They belong to the caller's
    /// scope.
    public SequencedMap<String, Tensor> named(Tensor buffer) {
        return layout.named(buffer);
    }

    @Override
    public void close() {
        leaves.values().forEach(Tensor::releaseReference);
        gradients.releaseReference();
        values.releaseReference();
    }
}
