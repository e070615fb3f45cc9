package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.LlamaModel;
import java.io.IOException;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Held against PyTorch, transformers and their own files.
class GoldenModelTest {
    private final PointerScope scope = new PointerScope();

    static Stream<Golden> goldens() {
        return Golden.all();
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void logitsAreThoseOfTransformers(Golden golden) throws IOException {
        try (LlamaModel model = golden.full(Dtype.F32)) {
            assertThat(golden.logits(model)).containsExactly(golden.expectedLogits("logits"), within(1e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void tenStepsOfAdamWLoseWhatTheyLoseInPyTorch(Golden golden) throws IOException {
        try (LlamaModel model = golden.full(Dtype.F32)) {
            double[] expected = golden.expectedLosses("losses");
            double[] losses = golden.losses(model);
            for (int step = 0; step < expected.length; step++) {
                assertThat(losses[step]).as("step " + step).isCloseTo(expected[step], within(expected[step] * 1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatIsGeneratedGreedilyIsTheSame(Golden golden) throws IOException {
        try (LlamaModel model = golden.full(Dtype.F32)) {
            assertThat(golden.greedy(model)).isEqualTo(golden.longs("greedy", Golden.GENERATED));
        }
    }
}
