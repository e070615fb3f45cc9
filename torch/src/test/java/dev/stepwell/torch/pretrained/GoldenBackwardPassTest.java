package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.Compute;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.model.BackwardPass;
import dev.stepwell.torch.model.FrozenWeights;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.safetensors.Safetensors;
import java.io.IOException;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Gradient checkpointing, held against the pass that keeps everything, whose gradients are held against PEFT's.
class GoldenBackwardPassTest {
    private static final BackwardPass WHOLE_GRAPH = BackwardPass.of(new Compute(false));
    private static final BackwardPass LAYER_BY_LAYER = BackwardPass.of(new Compute(true));

    private final PointerScope scope = new PointerScope();

    @SuppressWarnings("ArrayRecordComponent") // Compared element by element.
    private record Measured(double loss, float[] gradients) {}

    static Stream<Golden> goldens() {
        return Golden.all();
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void adaptersGetTheSameGradientBitForBitAndDropTheSame(Golden golden) throws IOException {
        try (LlamaModel model = adapted(golden, 0.1)) {
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
    void allWeightsGetTheSameGradient(Golden golden) throws IOException {
        ModelConfig config = golden.model().config();
        try (LlamaModel model = new LlamaModel(config, Parameters.zeros(config))) {
            golden.model().readInto(model.parameters().named(model.parameters().values()));
            Measured whole = measured(golden, model, WHOLE_GRAPH, 7);
            Measured layers = measured(golden, model, LAYER_BY_LAYER, 7);

            assertThat(layers.loss).isEqualTo(whole.loss);
            // The two shares of a tied embedding are added up in another order.
            assertThat(layers.gradients)
                    .containsExactly(whole.gradients, within(config.tieWordEmbeddings() ? 1e-6f : 0));
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

    private static LlamaModel adapted(Golden golden, double dropout) throws IOException {
        ModelConfig config = golden.model().config();
        LoraConfig saved = AdapterConfigJson.read(golden.folder().resolve("adapter/adapter_config.json"));
        LoraConfig lora =
                new LoraConfig(saved.rank(), saved.alpha(), dropout, saved.targetModules(), saved.rankStabilized());
        LlamaModel model = new LlamaModel(config, FrozenWeights.zeros(config), lora, Parameters.adapters(config, lora));
        golden.model().readInto(model.frozen().named());
        Safetensors.readInto(
                golden.folder().resolve("adapter/adapter_model.safetensors"),
                model.parameters().named(model.parameters().values()));
        return model;
    }
}
