package dev.stepwell.torch.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.testing.Tiny;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class AdamWTest {
    private static final double DECAY = 0.1;

    @Test
    void severalStepsAreThoseOfTheFormulaWithDecayOnMatricesOnly() {
        try (Parameters parameters = Parameters.random(Tiny.model(), 3);
                AdamW optimizer = new AdamW(parameters, DECAY)) {
            int size = (int) parameters.layout().size();
            long matrixEnd = parameters.layout().matrixEnd();
            double[] expected = values(parameters.values());
            double[] m = new double[size];
            double[] v = new double[size];
            Random random = new Random(1);
            for (int step = 1; step <= 5; step++) {
                double rate = 0.01 * step;
                float[] gradient = new float[size];
                for (int i = 0; i < size; i++) {
                    gradient[i] = (float) random.nextGaussian();
                    expected[i] *= i < matrixEnd ? 1 - rate * DECAY : 1;
                    m[i] = 0.9 * m[i] + 0.1 * gradient[i];
                    v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
                    double mean = m[i] / (1 - Math.pow(0.9, step));
                    double square = v[i] / (1 - Math.pow(0.999, step));
                    expected[i] -= rate * mean / (Math.sqrt(square) + 1e-8);
                }
                fill(parameters.gradients(), gradient);
                optimizer.step(rate);
            }
            assertThat(optimizer.step()).isEqualTo(5);
            assertThat(values(parameters.values())).containsExactly(expected, within(2e-6));
            assertThat(values(optimizer.expAvg())).containsExactly(m, within(2e-6));
            assertThat(values(optimizer.expAvgSq())).containsExactly(v, within(2e-6));
        }
    }

    @Test
    void clippingScalesAllGradientsAndTellsTheNormBefore() {
        try (Parameters parameters = Parameters.zeros(Tiny.model());
                var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            float[] gradient = new float[(int) parameters.layout().size()];
            gradient[0] = 3;
            gradient[gradient.length - 1] = -4;
            fill(parameters.gradients(), gradient);

            assertThat(GradientClipping.clip(parameters, 0)).isCloseTo(5, within(1e-6));
            assertThat(GradientClipping.clip(parameters, 6)).isCloseTo(5, within(1e-6));
            assertThat(values(parameters.gradients())[0]).isEqualTo(3);
            assertThat(GradientClipping.clip(parameters, 1)).isCloseTo(5, within(1e-6));
            double[] clipped = values(parameters.gradients());
            assertThat(clipped[0]).isCloseTo(0.6, within(1e-6));
            assertThat(clipped[clipped.length - 1]).isCloseTo(-0.8, within(1e-6));
        }
    }

    @Test
    void theRateRisesLinearlyByGlobalStepAndThenStays() {
        WarmupConstant schedule = new WarmupConstant(2e-4, 4);
        assertThat(schedule.at(1)).isCloseTo(0.5e-4, within(1e-12));
        assertThat(schedule.at(3)).isCloseTo(1.5e-4, within(1e-12));
        assertThat(schedule.at(4)).isEqualTo(2e-4);
        assertThat(schedule.at(1_000_000)).isEqualTo(2e-4);
        assertThat(new WarmupConstant(2e-4, 0).at(1)).isEqualTo(2e-4);
    }

    private static void fill(Tensor tensor, float[] values) {
        try (var _ = new PointerScope()) {
            new FloatPointer(tensor.data_ptr_float()).put(values);
        }
    }

    private static double[] values(Tensor tensor) {
        try (var _ = new PointerScope()) {
            float[] floats = new float[(int) tensor.numel()];
            new FloatPointer(tensor.data_ptr_float()).get(floats);
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            return doubles;
        }
    }
}
