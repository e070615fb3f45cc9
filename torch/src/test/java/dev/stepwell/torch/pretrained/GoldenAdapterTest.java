package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.LlamaModel;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Adapters that PEFT wrote, held against what PEFT computes with them.
class GoldenAdapterTest {
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
    void logitsAreThoseOfPeft(Golden golden) throws IOException {
        try (LlamaModel model = golden.adapted(Dtype.F32, 0)) {
            assertThat(golden.logits(model)).containsExactly(golden.expectedLogits("lora.logits"), within(1e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void theGradientOfEveryMatrixIsThatOfPeft(Golden golden) throws IOException {
        try (LlamaModel model = golden.adapted(Dtype.F32, 0)) {
            golden.backward(model);

            for (Map.Entry<String, Tensor> matrix :
                    model.parameters().named(model.parameters().gradients()).entrySet()) {
                Tensor gradient = matrix.getValue();
                float[] expected = golden.floats("lora.gradient." + matrix.getKey(), gradient.shape());
                assertThat(Golden.floats(gradient))
                        .as(matrix.getKey())
                        .containsExactly(expected, within(golden.hardware().equals(Hardware.CUDA) ? 1e-4f : 1e-5f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void tenStepsOfAdamWLoseWhatTheyLoseInPeft(Golden golden) throws IOException {
        try (LlamaModel model = golden.adapted(Dtype.F32, 0)) {
            double[] expected = golden.expectedLosses("lora.losses");
            double[] losses = golden.losses(model);
            for (int step = 0; step < expected.length; step++) {
                assertThat(losses[step]).as("step " + step).isCloseTo(expected[step], within(expected[step] * 1e-4));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatIsGeneratedGreedilyIsTheSame(Golden golden) throws IOException {
        try (LlamaModel model = golden.adapted(Dtype.F32, 0)) {
            assertThat(golden.greedy(model)).isEqualTo(golden.longs("lora.greedy", Golden.GENERATED));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void aNewAdapterAddsNothing(Golden golden) throws IOException {
        try (LlamaModel model = golden.adapted(Dtype.F32, 0)) {
            model.parameters().initializeAdapters(1);
            assertThat(golden.logits(model)).containsExactly(golden.expectedLogits("logits"), within(1e-4f));
        }
    }
}
