package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.training.StepSample;
import dev.stepwell.core.training.StepSample.LayerNorms;
import dev.stepwell.core.training.TokenCount;
import dev.stepwell.data.Gate;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.IdTokenizer;
import dev.stepwell.torch.testing.Tiny;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerStepTest {
    private static final List<Example> ROWS = CopyTask.rows(4, 1).examples();

    private static final double MAX_GRAD_NORM = 1;

    private final LlamaModel model = new LlamaModel(Tiny.model(), Parameters.random(Tiny.model(), 1));
    private final AdamW optimizer = new AdamW(model.parameters(), 0.01);

    private final GradientWorkers workers = new GradientWorkers(model, Compute.DEFAULT, 1, IdTokenizer.PADDING);

    @AfterEach
    void free() {
        workers.close();
        optimizer.close();
        model.close();
    }

    @Test
    void theGradientDoesNotDependOnHowRowsAreSplitIntoMicroBatches() {
        double whole = run(step(4), 0).loss();
        float[] wholeGradient = floats(model.parameters().gradients());
        double split = run(step(1), 0).loss();
        float[] splitGradient = floats(model.parameters().gradients());

        assertThat(split).isCloseTo(whole, within(1e-6));
        assertThat(splitGradient).containsExactly(wholeGradient, within(1e-5f));
        assertThat(largest(wholeGradient)).isGreaterThan(1e-3f);
    }

    @Test
    void severalThreadsGiveTheGradientOfOneAndTheSameBitsEveryTime() {
        double alone = run(step(4), 0).loss();
        float[] aloneGradient = floats(model.parameters().gradients());
        try (GradientWorkers three = new GradientWorkers(model, Compute.DEFAULT, 3, IdTokenizer.PADDING)) {
            OptimizerStep step = step(three, 4);
            double shared = run(step, 0).loss();
            float[] sharedGradient = floats(model.parameters().gradients());
            assertThat(shared).isCloseTo(alone, within(1e-6));
            assertThat(sharedGradient).containsExactly(aloneGradient, within(1e-5f));
            for (int again = 0; again < 20; again++) {
                assertThat(run(step, 0).loss()).isEqualTo(shared);
                assertThat(floats(model.parameters().gradients())).isEqualTo(sharedGradient);
            }
        }
    }

    @Test
    void tokensThatAreComputedAreCountedByMicroBatch() {
        List<Example> rows = Stream.of(3, 9, 4, 4, 6)
                .map(length -> new Example(new int[length], new BitSet()))
                .toList();

        assertThat(counting(workers).tokensOf(rows)).isEqualTo(new TokenCount(26, 0, 2 * 9 + 2 * 4 + 6 - 26));
        Compute padded = new Compute(Dtype.F32, false, RowLayout.PADDED, Hardware.CPU);
        try (GradientWorkers filling = new GradientWorkers(model, padded, 1, IdTokenizer.PADDING)) {
            assertThat(counting(filling).tokensOf(rows)).isEqualTo(new TokenCount(26, 2 * 9 + 2 * 4 + 6 - 26, 0));
        }
    }

    private static GradientAccumulation counting(GradientWorkers workers) {
        return new GradientAccumulation(workers, new MicroBatchSize(2, RowLayout.PACKED, 0), _ -> {});
    }

    @Test
    void gradientsOfAnEarlierStepAreForgotten() {
        run(step(4), 0);
        float[] first = floats(model.parameters().gradients());
        run(step(4), 0);
        assertThat(floats(model.parameters().gradients())).isEqualTo(first);
    }

    @Test
    void aStepWhoseLossIsNotFiniteTouchesNothing() {
        poison();
        float[] weights = floats(model.parameters().values());
        OptimizerStep.Result result = run(step(4), 1e-3);

        assertThat(result.finite()).isFalse();
        assertThat(result.loss()).isNaN();
        assertThat(floats(model.parameters().values())).isEqualTo(weights);
        assertThat(floats(optimizer.expAvg())).containsOnly(0f);
        assertThat(optimizer.step()).isZero();
    }

    @Test
    void aSampleTellsWhatTheStepDidToEachLayer() {
        run(step(4), 1e-3); // Moments that are not new.
        float[] before = floats(model.parameters().values());
        OptimizerStep.Result result = sampled(step(4));
        float[] after = floats(model.parameters().values());

        StepSample sample = Objects.requireNonNull(result.sample());
        assertThat(sample.tokenEntropy()).isBetween(0.0, Math.log(Tiny.model().vocabSize()));
        assertThat(sample.layers()).extracting(LayerNorms::layer).containsExactly(layers());
        assertThat(norm(sample.layers(), LayerNorms::gradient)).isCloseTo(result.gradientNorm(), within(1e-5));
        assertThat(norm(sample.layers(), LayerNorms::weight)).isCloseTo(norm(after), within(1e-4));
        // Weight decay is no part of it.
        long matrices = model.parameters().layout().matrixEnd();
        float[] moved = new float[before.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = after[i] - before[i] * (i < matrices ? 1 - 1e-3f * 0.01f : 1);
        }
        assertThat(norm(sample.layers(), LayerNorms::update)).isCloseTo(norm(moved), within(1e-5));
        assertThat(norm(moved)).isGreaterThan(1e-3);
    }

    @Test
    void aStepThatIsSampledDoesWhatOneThatIsNotWouldDo() {
        float[] begin = floats(model.parameters().values());
        run(step(4), 1e-3);
        run(step(4), 1e-3);
        float[] expected = floats(model.parameters().values());
        restore(begin);
        sampled(step(4));
        sampled(step(4));

        assertThat(floats(model.parameters().values())).isEqualTo(expected);
        assertThat(expected).isNotEqualTo(begin);
    }

    @Test
    void whatIsNotFiniteIsNotSampled() {
        poison();
        assertThat(sampled(step(4)).sample()).isNull();
        assertThat(run(step(4), 0).sample()).isNull();
    }

    private static String[] layers() {
        return Stream.of(
                        Stream.of("embed"),
                        IntStream.range(0, Tiny.model().numHiddenLayers()).mapToObj(Integer::toString),
                        Tiny.model().tieWordEmbeddings() ? Stream.<String>of() : Stream.of("head"),
                        Stream.of("norm"))
                .flatMap(names -> names)
                .toArray(String[]::new);
    }

    private static double norm(List<LayerNorms> layers, ToDoubleFunction<LayerNorms> figure) {
        return Math.sqrt(
                layers.stream().mapToDouble(figure).map(norm -> norm * norm).sum());
    }

    private static double norm(float[] values) {
        double squares = 0;
        for (float value : values) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    private void restore(float[] weights) {
        optimizer.reset();
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            model.parameters().values().copy_(torch.tensor(weights));
        }
    }

    private static OptimizerStep.Result sampled(OptimizerStep step) {
        return Objects.requireNonNull(step.run(ROWS, 1e-3, 0, Gate.OPEN, true));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "2, true"})
    void nothingNativeSurvivesAStep(int threads, boolean gradientCheckpointing) {
        Compute compute = new Compute(Dtype.F32, gradientCheckpointing);
        try (GradientWorkers some = new GradientWorkers(model, compute, threads, IdTokenizer.PADDING)) {
            assertFlat(step(some, 4));
        }
    }

    private static void assertFlat(OptimizerStep step) {
        for (int i = 0; i < 20; i++) {
            sampled(step);
        }
        long before = Pointer.totalCount();
        for (int i = 0; i < 1_000; i++) {
            run(step, 1e-3);
            if (i % 10 == 0) {
                sampled(step);
            }
        }
        assertThat(Pointer.totalCount()).isEqualTo(before);
    }

    private OptimizerStep step(int batchSize) {
        return step(workers, batchSize);
    }

    private OptimizerStep step(GradientWorkers some, int batchSize) {
        MicroBatchSize size = new MicroBatchSize(batchSize, RowLayout.PACKED, 0);
        return new OptimizerStep(
                model.parameters(), optimizer, new GradientAccumulation(some, size, _ -> {}), MAX_GRAD_NORM);
    }

    private void poison() {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            model.parameters().leaf("norm").fill_(new Scalar(Float.NaN));
        }
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static OptimizerStep.Result run(OptimizerStep step, double learningRate) {
        return Objects.requireNonNull(step.run(ROWS, learningRate, 0, Gate.OPEN));
    }

    private static float[] floats(Tensor tensor) {
        try (var _ = new PointerScope()) {
            float[] floats = new float[(int) tensor.numel()];
            new FloatPointer(tensor.data_ptr_float()).get(floats);
            return floats;
        }
    }
}
