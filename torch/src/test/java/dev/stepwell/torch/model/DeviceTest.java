package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.checkpoint.ModelConfigJson;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.pretrained.Golden;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Computing where the weights are, on libtorch's device without memory: it refuses every operation in which a tensor
/// of the CPU takes part, as a graphics card does, and needs none.
class DeviceTest {
    private static final Hardware NOWHERE = new Hardware("meta", true);
    private static final int LENGTH = 12;

    @ParameterizedTest
    @CsvSource({"llama3-scaled, F32", "qwen2, F32", "qwen3, BF16", "mistral, BF16"})
    void noPartOfAPassIsLeftOnTheCpu(String name, Dtype dtype) throws IOException {
        ModelConfig shape = ModelConfigJson.read(Golden.named(name).folder().resolve("config.json"));
        LoraConfig lora = new LoraConfig(4, 8, 0.1, Set.copyOf(LoraConfig.ALL_LINEAR), false);

        Dropout dropout = new Dropout(lora.dropout(), NOWHERE);
        Parameters adapters = Parameters.adapters(shape, lora, NOWHERE);
        try (LlamaModel model = new LlamaModel(shape, FrozenWeights.zeros(shape, dtype, NOWHERE), lora, adapters);
                AdamW optimizer = new AdamW(adapters, 0.01);
                LlamaModel replica = model.replica();
                var _ = new PointerScope()) {
            Tensor hidden = input(shape, dtype);
            LayerWeights weights =
                    new LayerWeights(shape, dtype, model.frozen(), new LayerWeights.Adapters(lora, adapters, dropout));
            dropout.begin(1);
            for (ProjectionGroup group : ProjectionGroup.values()) {
                Tensor x = torch.zeros(new long[] {LENGTH, group.in(shape)}, NOWHERE.options(dtype));
                Tensor y = weights.projection(group, 0).forward(x);
                y.backward(torch.zeros_like(y), new BoolOptional(), false, new TensorArrayRefOptional());
            }
            hidden.set_requires_grad(true);
            Tensor scores = replica.logits(hidden);
            scores.backward(torch.zeros_like(scores), new BoolOptional(), false, new TensorArrayRefOptional());
            optimizer.step(1e-3);

            assertThat(scores.is_meta()).isTrue();
            assertThat(replica.parameters().gradients().is_meta()).isTrue();
            assertThat(model.hardware()).isEqualTo(NOWHERE);
        }
    }

    @ParameterizedTest
    @CsvSource({"llama, F32", "mistral, BF16"})
    void norIsAnyOfWhatAnswersNeed(String name, Dtype dtype) throws IOException {
        ModelConfig shape = ModelConfigJson.read(Golden.named(name).folder().resolve("config.json"));
        try (LlamaModel model = new LlamaModel(shape, FrozenWeights.zeros(shape, dtype, NOWHERE));
                var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Example row = new Example(new int[LENGTH], new BitSet());
            Positions positions = model.positions(MicroBatch.of(List.of(row), RowLayout.PACKED, 0));
            Tensor keys = torch.zeros(
                    new long[] {2, shape.numKeyValueHeads(), 1, shape.headDim()},
                    NOWHERE.options(NOWHERE.attention(dtype)));

            KeyValueCache cache = model.cache(new int[] {LENGTH, 1}, 1);
            assertThat(cache.appendKeys(0, keys).is_meta()).isTrue();
            assertThat(Objects.requireNonNull(cache.visible()).is_meta()).isTrue();
            assertThat(positions.angles().cos().is_meta()).isTrue();
            assertThat(positions.angles().sin().is_meta()).isTrue();
            assertThat(positions.blocks().stream().map(Positions.Block::visible).filter(Objects::nonNull))
                    .allMatch(Tensor::is_meta);
            assertThat(model.logits(input(shape, dtype)).is_meta()).isTrue();
            assertThat(model.indices(torch.tensor(1L)).is_meta()).isTrue();
        }
    }

    /// A residual stream.
    private static Tensor input(ModelConfig shape, Dtype dtype) {
        return torch.zeros(new long[] {LENGTH, shape.hiddenSize()}, NOWHERE.options(dtype));
    }
}
