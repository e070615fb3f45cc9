package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.LlamaModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Computing in bfloat16, whose numbers have 8 significant bits, held against float32.
class GoldenBf16Test {
    /// Of the largest score. What transformers and PEFT compute with these models in bfloat16 differs by up to
    /// 0.098 from what they compute in float32: the weights are large and random, and roundings add up.
    private static final float SCORES = 0.1f;
    /// Of a loss.
    private static final double LOSSES = 0.08;

    private final PointerScope scope = new PointerScope();

    static Stream<Arguments> goldens() {
        return Golden.all().flatMap(golden -> Stream.of(true, false).map(adapted -> Arguments.of(golden, adapted)));
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void scoresAreNearThoseOfFloat32AndNotTheSame(Golden golden, boolean adapted) throws IOException {
        try (LlamaModel exact = load(golden, Dtype.F32, adapted);
                LlamaModel rounded = load(golden, Dtype.BF16, adapted)) {
            float[] expected = golden.logits(exact);
            float[] difference = golden.logits(rounded);
            for (int i = 0; i < difference.length; i++) {
                difference[i] -= expected[i];
            }
            assertThat(largest(difference) / largest(expected)).isBetween(1e-4f, SCORES);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void tenStepsOfAdamWLoseNearlyTheSame(Golden golden, boolean adapted) throws IOException {
        try (LlamaModel exact = load(golden, Dtype.F32, adapted);
                LlamaModel rounded = load(golden, Dtype.BF16, adapted)) {
            double[] expected = golden.losses(exact);
            double[] losses = golden.losses(rounded);
            for (int step = 0; step < expected.length; step++) {
                assertThat(losses[step]).as("step " + step).isCloseTo(expected[step], within(expected[step] * LOSSES));
            }
            assertThat(losses).isNotEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatIsGeneratedGreedilyIsAmongTheLikeliestOfFloat32(Golden golden, boolean adapted) throws IOException {
        try (LlamaModel exact = load(golden, Dtype.F32, adapted);
                LlamaModel rounded = load(golden, Dtype.BF16, adapted);
                var _ = new NoGradGuard()) {
            long[] prompt = golden.longs("prompt", 9);
            long[] generated = golden.greedy(rounded);
            long[] all = LongStream.concat(Arrays.stream(prompt), Arrays.stream(generated))
                    .toArray();
            Tensor hidden = exact.hidden(torch.tensor(all).view(1, -1), null);
            Tensor scores = exact.logits(hidden.view(-1, exact.config().hiddenSize()));
            float[] flat = Golden.floats(scores);
            int vocabulary = exact.config().vocabSize();
            for (int i = 0; i < generated.length; i++) {
                int row = prompt.length - 1 + i;
                float[] of = Arrays.copyOfRange(flat, row * vocabulary, (row + 1) * vocabulary);
                assertThat(of[(int) generated[i]])
                        .as("token " + i)
                        .isCloseTo(highest(of), within(SCORES * largest(of)));
            }
        }
    }

    private static LlamaModel load(Golden golden, Dtype dtype, boolean adapted) throws IOException {
        return adapted ? golden.adapted(dtype, 0) : golden.full(dtype);
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float highest(float[] values) {
        float highest = Float.NEGATIVE_INFINITY;
        for (float value : values) {
            highest = Math.max(highest, value);
        }
        return highest;
    }
}
