package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.Tiny;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LlamaModelTest {
    static Stream<ModelConfig> shapes() {
        ModelConfig tied = Tiny.model();
        ModelConfig ungrouped = ModelConfig.llama(20, 24, 40, 3, 2, 2, 32, 500, 1e-6, false, 0.2);
        ModelConfig oneKeyHead = ModelConfig.llama(20, 24, 40, 1, 3, 1, 32, 10_000, 1e-5, true, 0.2);
        return Stream.of(tied, Tiny.untied(), ungrouped, oneKeyHead);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void logitsAreThoseOfTheEquations(ModelConfig shape) {
        int[] ids = new Random(1).ints(17, 0, shape.vocabSize()).toArray();
        try (LlamaModel model = model(shape);
                var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            double[] expected = Arrays.stream(new ReferenceLlama(model).logits(ids))
                    .flatMapToDouble(Arrays::stream)
                    .toArray();
            assertThat(allLogits(model, ids)).containsExactly(expected, within(2e-5));
        }
    }

    /// Central differences of the reference in double precision, at some elements of every weight.
    @ParameterizedTest
    @MethodSource("shapes")
    void gradientsAreTheSlopesOfTheLoss(ModelConfig shape) {
        Example row = CopyTask.rows(1, 5).examples().getFirst();
        try (LlamaModel model = model(shape);
                var _ = new PointerScope()) {
            BackwardPass.of(Compute.DEFAULT).add(model, MicroBatch.of(List.of(row), RowLayout.PACKED, 0), 1);
            Map<String, Tensor> gradients =
                    model.parameters().named(model.parameters().gradients());
            ReferenceLlama reference = new ReferenceLlama(model);
            Random random = new Random(2);
            reference.weights.forEach((name, weight) -> {
                double[] gradient = ReferenceLlama.doubles(Objects.requireNonNull(gradients.get(name)));
                for (int sample = 0; sample < 12; sample++) {
                    int i = random.nextInt(weight.length);
                    assertThat(gradient[i])
                            .as(name + "[" + i + "]")
                            .isCloseTo(slope(reference, row, weight, i), within(2e-5));
                }
            });
        }
    }

    private static double slope(ReferenceLlama reference, Example row, double[] weight, int i) {
        double h = 1e-5;
        double held = weight[i];
        weight[i] = held + h;
        double above = reference.loss(row.ids(), row.targets());
        weight[i] = held - h;
        double below = reference.loss(row.ids(), row.targets());
        weight[i] = held;
        return (above - below) / (2 * h);
    }

    @Test
    void theLossAtTargetsOnlyIsThatOfTheFullLogits() {
        List<Example> rows = CopyTask.rows(6, 3).examples();
        try (LlamaModel model = model(Tiny.model());
                var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            ReferenceLlama reference = new ReferenceLlama(model);
            double expected = rows.stream()
                    .mapToDouble(row -> reference.loss(row.ids(), row.targets()))
                    .sum();
            double measured = TargetLoss.measured(model, MicroBatch.of(rows, RowLayout.PACKED, 0));
            assertThat(measured).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void theLossOfARowDoesNotDependOnItsNeighboursNorOnWhatFillsItUp() {
        List<Example> rows = CopyTask.rows(6, 3).examples();
        assertThat(rows.stream().mapToInt(row -> row.ids().length).distinct().count())
                .isGreaterThan(1);
        try (LlamaModel model = model(Tiny.model());
                var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            double alone = rows.stream()
                    .mapToDouble(row -> TargetLoss.measured(model, MicroBatch.of(List.of(row), RowLayout.PACKED, 0)))
                    .sum();
            double together = TargetLoss.measured(model, MicroBatch.of(rows, RowLayout.PADDED, 0));
            double filledOtherwise = TargetLoss.measured(model, MicroBatch.of(rows, RowLayout.PADDED, 13));
            assertThat(together).isCloseTo(alone, within(1e-4));
            assertThat(filledOtherwise).isEqualTo(together);
        }
    }

    @Test
    void positionsFedOneByOneSeeWhatTheySeeTogether() {
        int[] ids = new Random(4).ints(11, 0, CopyTask.VOCABULARY).toArray();
        try (LlamaModel model = model(Tiny.model());
                var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            double[] together = allLogits(model, ids);
            int prompt = 5;
            KeyValueCache cache = model.cache(new int[] {prompt}, ids.length - prompt);
            double[] last = logitsOfLast(model, Arrays.copyOf(ids, prompt), cache);
            for (int t = prompt - 1; t < ids.length; t++) {
                double[] expected =
                        Arrays.copyOfRange(together, t * CopyTask.VOCABULARY, (t + 1) * CopyTask.VOCABULARY);
                assertThat(last).as("position " + t).containsExactly(expected, within(1e-5));
                if (t + 1 < ids.length) {
                    last = logitsOfLast(model, new int[] {ids[t + 1]}, cache);
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
        ModelConfig shape = Tiny.model();
        try (Parameters one = Parameters.random(shape, 7);
                Parameters same = Parameters.random(shape, 7);
                Parameters other = Parameters.random(shape, 8);
                var _ = new PointerScope()) {
            assertThat(ReferenceLlama.doubles(same.values())).isEqualTo(ReferenceLlama.doubles(one.values()));
            assertThat(ReferenceLlama.doubles(other.values())).isNotEqualTo(ReferenceLlama.doubles(one.values()));
        }
    }

    @Test
    void aSequenceBeyondTheContextIsRefusedByName() {
        try (LlamaModel model = model(Tiny.model());
                var _ = new PointerScope()) {
            Tensor ids = torch.tensor(new long[33]).view(1, -1);
            assertThatThrownBy(() -> model.hidden(ids, null)).hasMessageContaining("max_position_embeddings 32");
        }
    }

    private static LlamaModel model(ModelConfig shape) {
        torch.set_num_threads(1);
        LlamaModel model = new LlamaModel(shape, Parameters.random(shape, 11));
        // Norms are 1 in a new model: a factor that is left out would not be noticed.
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            long start = model.parameters().layout().matrixEnd();
            long size = model.parameters().layout().size() - start;
            model.parameters().values().narrow(0, start, size).uniform_();
        }
        return model;
    }

    private static double[] allLogits(LlamaModel model, int[] ids) {
        Tensor hidden = model.hidden(tensor(ids), null).view(-1, model.config().hiddenSize());
        return ReferenceLlama.doubles(model.logits(hidden));
    }

    private static double[] logitsOfLast(LlamaModel model, int[] ids, KeyValueCache cache) {
        return ReferenceLlama.doubles(
                model.logits(model.hidden(tensor(ids), cache).select(1, -1)));
    }

    private static Tensor tensor(int[] ids) {
        return torch.tensor(Arrays.stream(ids).asLongStream().toArray()).view(1, -1);
    }
}
