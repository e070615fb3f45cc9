package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.Compute;
import dev.stepwell.torch.model.BackwardPass;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.LlamaModel;
import java.io.IOException;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Gradient checkpointing, held against the pass that keeps everything, whose gradients are held against PEFT's.
class GoldenBackwardPassTest {
    private static final BackwardPass WHOLE_GRAPH = BackwardPass.of(new Compute(Dtype.F32, false));
    private static final BackwardPass LAYER_BY_LAYER = BackwardPass.of(new Compute(Dtype.F32, true));

    private final PointerScope scope = new PointerScope();

    @SuppressWarnings("ArrayRecordComponent") // Compared element by element.
    private record Measured(double loss, float[] gradients) {}

    static Stream<Arguments> goldens() {
        return Golden.all().flatMap(golden -> Stream.of(Dtype.values()).map(dtype -> Arguments.of(golden, dtype)));
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void adaptersGetTheSameGradientBitForBitAndDropTheSame(Golden golden, Dtype dtype) throws IOException {
        try (LlamaModel model = golden.adapted(dtype, 0.1)) {
            Measured whole = measured(golden, model, WHOLE_GRAPH, 7);
            Measured layers = measured(golden, model, LAYER_BY_LAYER, 7);

            assertThat(layers.loss).isEqualTo(whole.loss);
            assertThat(layers.gradients).isEqualTo(whole.gradients);
            assertThat(measured(golden, model, LAYER_BY_LAYER, 8).loss)
                    .as("with another seed")
                    .isNotEqualTo(whole.loss);
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void allWeightsGetTheSameGradient(Golden golden, Dtype dtype) throws IOException {
        try (LlamaModel model = golden.full(dtype)) {
            Measured whole = measured(golden, model, WHOLE_GRAPH, 7);
            Measured layers = measured(golden, model, LAYER_BY_LAYER, 7);

            assertThat(layers.loss).isEqualTo(whole.loss);
            // The two shares of a tied embedding are added up in another order.
            assertThat(layers.gradients)
                    .containsExactly(whole.gradients, within(model.config().tieWordEmbeddings() ? 1e-6f : 0));
        }
    }

    private static Measured measured(Golden golden, LlamaModel model, BackwardPass pass, long seed) throws IOException {
        model.parameters().gradients().zero_();
        model.beginPass(seed);
        double loss = pass.add(model, golden.batch(), 0.25);
        model.endPass();
        float[] gradients = Golden.floats(model.parameters().gradients());
        assertThat(gradients).isNotEqualTo(new float[gradients.length]);
        return new Measured(loss, gradients);
    }
}
