package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.ModelConfig;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A vocabulary so large that the scores of these rows come in several stretches.
class TargetLossTest {
    private static final int VOCABULARY = 50_000;
    private static final double SCALE = 0.125;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void lossAndGradientsAreThoseOfAllScoresAtOnce(boolean tied) {
        ModelConfig shape = ModelConfig.llama(VOCABULARY, 8, 12, 1, 2, 1, 256, 10_000, 1e-5, tied, 0.2);
        MicroBatch batch = MicroBatch.of(List.of(row(200, 3), row(90, 40)), RowLayout.PACKED, 0);
        try (LlamaModel model = new LlamaModel(shape, Parameters.random(shape, 5));
                var _ = new PointerScope()) {
            Tensor hidden = model.hidden(batch);
            Tensor scores = model.logits(hidden.index_select(0, torch.tensor(batch.positions())));
            Tensor loss = torch.cross_entropy_loss(scores, torch.tensor(batch.targets()))
                    .mul(new Scalar(SCALE * batch.targets().length));
            loss.backward();
            float[] expected = floats(model.parameters().gradients());
            model.parameters().gradients().zero_();

            double added = BackwardPass.of(Compute.DEFAULT).add(model, batch, SCALE);

            assertThat(added).isCloseTo(loss.item_double(), within(1e-3));
            assertThat(largestDifference(floats(model.parameters().gradients()), expected))
                    .isLessThan(1e-4);
            assertThat(largestDifference(new float[expected.length], expected)).isGreaterThan(1e-2);
            try (var _ = new NoGradGuard()) {
                assertThat(TargetLoss.measured(model, batch)).isCloseTo(added / SCALE, within(1e-2));
            }
        }
    }

    @Test
    void theEntropyIsThatOfTheDistributionAtEveryEighthTarget() {
        ModelConfig shape = ModelConfig.llama(VOCABULARY, 8, 12, 1, 2, 1, 256, 10_000, 1e-5, true, 0.2);
        MicroBatch batch = MicroBatch.of(List.of(row(9, 2)), RowLayout.PACKED, 0); // Seven targets: the first.
        try (LlamaModel model = new LlamaModel(shape, Parameters.random(shape, 5));
                var _ = new PointerScope()) {
            EntropySample sample = new EntropySample();
            assertThat(sample.mean()).isNull();
            BackwardPass.of(Compute.DEFAULT).add(model, batch, SCALE, sample);

            float[] scores = floats(model.logits(model.hidden(batch).narrow(0, batch.positions()[0], 1)));
            double largest = IntStream.range(0, scores.length)
                    .mapToDouble(i -> scores[i])
                    .max()
                    .orElseThrow();
            double sum = IntStream.range(0, scores.length)
                    .mapToDouble(i -> Math.exp(scores[i] - largest))
                    .sum();
            double entropy = IntStream.range(0, scores.length)
                    .mapToDouble(i -> Math.exp(scores[i] - largest) / sum)
                    .map(p -> -p * Math.log(p))
                    .sum();
            assertThat(entropy).isBetween(1.0, Math.log(VOCABULARY));
            assertThat(sample.mean()).isCloseTo(entropy, within(1e-3));

            sample.clear();
            assertThat(sample.mean()).isNull();
        }
    }

    @Test
    void aModelThatKnowsNothingHasTheEntropyOfItsVocabulary() {
        EntropySample sample = new EntropySample();
        try (var _ = new PointerScope()) {
            sample.add(torch.zeros(20, 100));
            assertThat(sample.mean()).isCloseTo(Math.log(100), within(1e-5));

            sample.add(torch.zeros(20, 100).add_(new Scalar(Float.NaN)));
            assertThat(sample.mean()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientsAreTheSameBitsWhetherOrNotEntropyIsMeasured(boolean checkpointing) {
        ModelConfig shape = ModelConfig.llama(VOCABULARY, 8, 12, 1, 2, 1, 256, 10_000, 1e-5, true, 0.2);
        MicroBatch batch = MicroBatch.of(List.of(row(200, 3)), RowLayout.PACKED, 0);
        try (LlamaModel model = new LlamaModel(shape, Parameters.random(shape, 5));
                var _ = new PointerScope()) {
            BackwardPass pass = BackwardPass.of(new Compute(Dtype.F32, checkpointing));
            double loss = pass.add(model, batch, SCALE);
            float[] gradients = floats(model.parameters().gradients());
            model.parameters().gradients().zero_();

            assertThat(pass.add(model, batch, SCALE, new EntropySample())).isEqualTo(loss);
            assertThat(floats(model.parameters().gradients())).isEqualTo(gradients);
        }
    }

    private static double largestDifference(float[] one, float[] other) {
        assertThat(one).hasSameSizeAs(other);
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElseThrow();
    }

    /// All but the first `prompt` tokens are learnt.
    private static Example row(int length, int prompt) {
        BitSet targets = new BitSet();
        targets.set(prompt, length);
        return new Example(new Random(length).ints(length, 0, VOCABULARY).toArray(), targets);
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        new FloatPointer(tensor.data_ptr_float()).get(values);
        return values;
    }
}
