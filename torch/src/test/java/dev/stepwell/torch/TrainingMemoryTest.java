package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.torch.model.Dtype;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingMemoryTest {
    private static final ModelConfig SMOLLM2_135M =
            ModelConfig.llama(49_152, 576, 1_536, 30, 9, 3, 8_192, 100_000, 1e-5, true, 0.02);
    private static final LoraConfig LORA = new LoraConfig(16, 32, 0, Set.copyOf(LoraConfig.ALL_LINEAR), false);

    /// The most memory that a process ever had which trained this model on two threads, with rows that are learnt from
    /// end to end: docs/models.md says how it was measured.
    @ParameterizedTest
    @CsvSource({
        "lora, F32,  false, 4, 512, 6872552",
        "lora, F32,  false, 1, 512, 2412892",
        "lora, F32,  false, 1,  64, 1480972",
        "full, F32,  false, 2, 256, 5503336",
        "lora, BF16, false, 4, 512, 6174608",
        "full, BF16, false, 2, 256, 5965864",
        "lora, F32,  true,  4, 512, 3235616",
        "lora, BF16, true,  4, 512, 3084488",
        "full, F32,  true,  4, 512, 5707124",
    })
    void whatWasMeasuredIsNoMoreThanTheEstimateAndAtMostAFifthLess(
            String method, Dtype dtype, boolean checkpointing, int rows, int length, long kibibytes) {
        long estimate = TrainingMemory.of(
                        SMOLLM2_135M,
                        method.equals("lora") ? LORA : null,
                        new Compute(dtype, checkpointing),
                        rows,
                        length,
                        2)
                .total();
        assertThat(1_024.0 * kibibytes / estimate).isBetween(0.83, 1.0);
    }

    @Test
    void whatIsTrainedHasAGradientForEachThreadAndTwoMomentsAndABuffer() {
        TrainingMemory adapter = of(LORA, 4, 2);
        assertThat(adapter.weights()).isEqualTo(4 * (134_515_008L + 4_884_480L));
        assertThat(adapter.gradients()).isEqualTo(2 * 4 * 4_884_480L);
        assertThat(adapter.optimizer()).isEqualTo(3 * 4 * 4_884_480L);
        assertThat(of(null, 1, 8).gradients() - of(null, 1, 7).gradients()).isEqualTo(4 * 134_515_008L);
    }

    @Test
    void activationsGrowWithTheTokensOfAMicroBatchAndDropoutKeepsMore() {
        assertThat(of(LORA, 8, 2).activations()).isEqualTo(2 * of(LORA, 4, 2).activations());
        assertThat(of(LORA, 8, 2).scores()).isEqualTo(8L * 512 * 49_152 * 16);
        LoraConfig dropping = new LoraConfig(16, 32, 0.1, LORA.targetModules(), false);
        assertThat(of(dropping, 4, 2).activations())
                .isGreaterThan(of(LORA, 4, 2).activations());
    }

    private static TrainingMemory of(@Nullable LoraConfig lora, int rows, int threads) {
        return TrainingMemory.of(SMOLLM2_135M, lora, Compute.DEFAULT, rows, 512, threads);
    }
}
