package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.testing.Tiny;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrozenWeightsTest {
    private static final ModelConfig SHAPE = Tiny.untied();

    @ParameterizedTest
    @CsvSource({"F32, Float, 4", "BF16, BFloat16, 2"})
    void theyAreHeldInTheTypeInWhichIsComputed(Dtype dtype, ScalarType type, long bytes) {
        try (FrozenWeights weights = FrozenWeights.zeros(SHAPE, dtype);
                var _ = new PointerScope()) {
            long size = ParameterLayout.of(SHAPE).size();
            assertThat(weights.leaf("embed").storage().nbytes()).isEqualTo(size * bytes);
            for (ParameterLayout.Leaf leaf : ParameterLayout.of(SHAPE).leaves()) {
                assertThat(weights.leaf(leaf.name()).scalar_type().intern())
                        .as(leaf.name())
                        .isEqualTo(type);
            }
        }
    }

    @Test
    void aReplicaReadsTheSameMemoryAndOutlivesNothing() {
        LoraConfig lora = new LoraConfig(4, 8, 0, Set.of("q_proj"), false);
        FrozenWeights weights = FrozenWeights.zeros(SHAPE, Dtype.BF16);
        try (LlamaModel model = new LlamaModel(SHAPE, weights, lora, Parameters.adapters(SHAPE, lora));
                LlamaModel replica = model.replica();
                var _ = new PointerScope()) {
            for (String leaf : new String[] {"embed", "layers.1.down", "norm"}) {
                Tensor one = model.frozen().leaf(leaf);
                Tensor other = replica.frozen().leaf(leaf);
                assertThat(other.data_ptr().address())
                        .as(leaf)
                        .isEqualTo(one.data_ptr().address());
            }
            assertThat(replica.parameters()
                            .leaf("layers.0.qkv.lora_A")
                            .scalar_type()
                            .intern())
                    .isEqualTo(ScalarType.Float);
        }
    }
}
