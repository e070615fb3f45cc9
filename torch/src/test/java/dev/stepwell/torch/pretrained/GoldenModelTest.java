package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.model.TargetLoss;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.optim.GradientClipping;
import java.io.IOException;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
        try (LlamaModel model = load(golden);
                var _ = new NoGradGuard()) {
            Tensor hidden = model.hidden(torch.tensor(golden.ids()).view(2, 20), null);
            float[] logits =
                    Golden.floats(model.logits(hidden.view(-1, model.config().hiddenSize())));

            assertThat(logits).containsExactly(golden.floats("logits", 2, 20, Golden.VOCABULARY), within(1e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void tenStepsOfAdamWLoseWhatTheyLoseInPyTorch(Golden golden) throws IOException {
        MicroBatch batch = golden.batch();
        try (LlamaModel model = load(golden);
                AdamW optimizer = new AdamW(model.parameters(), Golden.WEIGHT_DECAY)) {
            for (float expected : golden.floats("losses", 10)) {
                model.parameters().gradients().zero_();
                Tensor loss = TargetLoss.sum(model, batch).div(new Scalar((double) batch.targets().length));
                loss.backward();

                assertThat(loss.item_double()).isCloseTo(expected, within(expected * 1e-4));
                GradientClipping.clip(model.parameters(), Golden.MAX_GRAD_NORM);
                optimizer.step(Golden.LEARNING_RATE);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatIsGeneratedGreedilyIsTheSame(Golden golden) throws IOException {
        try (LlamaModel model = load(golden)) {
            assertThat(golden.greedy(model)).isEqualTo(golden.longs("greedy", Golden.GENERATED));
        }
    }

    private static LlamaModel load(Golden golden) throws IOException {
        PretrainedModel pretrained = golden.model();
        ModelConfig config = pretrained.config();
        LlamaModel model = new LlamaModel(config, Parameters.zeros(config));
        new PretrainedModel(golden.folder(), config)
                .readInto(model.parameters().named(model.parameters().values()));
        return model;
    }
}
