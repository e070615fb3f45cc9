package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.ModelConfig;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/// A vocabulary so large that the scores of these rows come in several stretches.
class TargetPredictionsTest {
    private static final int VOCABULARY = 50_000;

    @Test
    void probabilitiesAreThoseOfASoftmaxOverAllScoresAtOnce() {
        ModelConfig shape = ModelConfig.llama(VOCABULARY, 8, 12, 1, 2, 1, 256, 10_000, 1e-5, true, 0.2);
        try (LlamaModel model = new LlamaModel(shape, Parameters.random(shape, 5));
                var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            MicroBatch batch = MicroBatch.of(List.of(row(200, 3), row(90, 40)), RowLayout.PACKED, 0);
            float[] scores = scores(model, batch);
            // What is right is known beforehand for half of the targets: those that the model likes best.
            for (int target = 0; target < batch.targets().length; target += 2) {
                batch.targets()[target] = best(scores, target);
            }

            TargetPredictions predictions = TargetPredictions.of(model, batch);

            for (int target = 0; target < batch.targets().length; target++) {
                int best = best(scores, target);
                assertThat(predictions.confidences()[target])
                        .isCloseTo((float) probability(scores, target, best), within(1e-5f));
                assertThat(predictions.likeliest()[target]).isEqualTo(best);
            }
            assertThat(predictions.lossSum()).isCloseTo(TargetLoss.measured(model, batch), within(1e-2));
        }
    }

    private static float[] scores(LlamaModel model, MicroBatch batch) {
        Tensor picked = model.hidden(batch).index_select(0, torch.tensor(batch.positions()));
        Tensor all = model.logits(picked).contiguous();
        float[] scores = new float[Math.toIntExact(all.numel())];
        new FloatPointer(all.data_ptr_float()).get(scores);
        return scores;
    }

    private static int best(float[] scores, int target) {
        int best = 0;
        for (int token = 1; token < VOCABULARY; token++) {
            if (scores[target * VOCABULARY + token] > scores[target * VOCABULARY + best]) {
                best = token;
            }
        }
        return best;
    }

    private static double probability(float[] scores, int target, int chosen) {
        double sum = 0;
        for (int token = 0; token < VOCABULARY; token++) {
            sum += Math.exp(scores[target * VOCABULARY + token] - scores[target * VOCABULARY + chosen]);
        }
        return 1 / sum;
    }

    private static Example row(int length, int firstTarget) {
        BitSet targets = new BitSet();
        targets.set(firstTarget, length);
        return new Example(new Random(length).ints(length, 0, VOCABULARY).toArray(), targets);
    }
}
