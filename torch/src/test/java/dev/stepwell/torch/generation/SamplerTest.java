package dev.stepwell.torch.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Held against probabilities computed in the plainest way.
class SamplerTest {
    private static final int DRAWS = 20_000;

    @Provide
    Arbitrary<float[]> scores() {
        return Arbitraries.floats()
                .between(-8, 8)
                .array(float[].class)
                .ofMinSize(1)
                .ofMaxSize(24);
    }

    @Test
    void twentyThousandDrawsComeAsOftenAsTheirProbabilitiesSay() {
        float[] scores = {1.5f, -0.5f, 0.25f, 3, 2.75f, -4, 0.25f, 1};
        for (double temperature : new double[] {0.5, 1, 2.5}) {
            double[] expected = kept(scores, temperature, 0, 1);
            assertThat(frequencies(Sampler.of(temperature, 0, 1, 7), scores)).containsExactly(expected, within(0.012));
        }
    }

    @Test
    void drawsOfTheLikeliestFewComeAsOftenAsTheirProbabilitiesSay() {
        float[] scores = {1.5f, -0.5f, 0.25f, 3, 2.75f, -4, 0.25f, 1};
        assertThat(frequencies(Sampler.of(1.3, 4, 0.8, 11), scores))
                .containsExactly(kept(scores, 1.3, 4, 0.8), within(0.012));
    }

    @Property(tries = 200)
    void onlyTheSmallestSetOfLikeliestTokensIsDrawnThatHasTheMass(
            @ForAll("scores") float[] scores,
            @ForAll @DoubleRange(min = 0.05, max = 1) double topP,
            @ForAll @IntRange(max = 8) int topK) {
        double[] probabilities = kept(scores, 0.9, topK, topP);
        Set<Integer> allowed = IntStream.range(0, scores.length)
                .filter(i -> probabilities[i] > 0)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        Sampler sampler = Sampler.of(0.9, topK, topP, 3);
        for (int draw = 0; draw < 100; draw++) {
            assertThat(allowed).contains(sampler.next(scores));
        }
    }

    @Property(tries = 200)
    void withATemperatureNearNothingTheLikeliestIsDrawnAsGreedilyTaken(@ForAll("scores") float[] scores) {
        int greedy = Sampler.of(0, 0, 1, 1).next(scores);
        Sampler cold = Sampler.of(1e-7, 0, 1, 1);
        for (int draw = 0; draw < 10; draw++) {
            assertThat(scores[cold.next(scores)]).isEqualTo(scores[greedy]);
        }
        for (float score : scores) {
            assertThat(score).isLessThanOrEqualTo(scores[greedy]);
        }
    }

    @Test
    void theSameSeedDrawsTheSameAndAnotherOneOthers() {
        float[] scores = new float[50];
        assertThat(draws(Sampler.of(1, 0, 1, 5), scores)).isEqualTo(draws(Sampler.of(1, 0, 1, 5), scores));
        assertThat(draws(Sampler.of(1, 0, 1, 5), scores)).isNotEqualTo(draws(Sampler.of(1, 0, 1, 6), scores));
    }

    @Test
    void tokensThatAreImpossibleAreNeverDrawn() {
        float[] scores = {Float.NEGATIVE_INFINITY, 0, Float.NEGATIVE_INFINITY, -2};
        assertThat(draws(Sampler.of(5, 0, 1, 1), scores)).containsOnly(1, 3);
    }

    @Test
    void settingsOutOfTheirRangeAreRefused() {
        for (double[] wrong : new double[][] {{-1, 0, 1}, {1, -1, 1}, {1, 0, 0}, {1, 0, 1.1}, {Double.NaN, 0, 1}}) {
            assertThatThrownBy(() -> Sampler.of(wrong[0], (int) wrong[1], wrong[2], 1))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<Integer> draws(Sampler sampler, float[] scores) {
        return IntStream.range(0, 200).mapToObj(_ -> sampler.next(scores)).toList();
    }

    private static double[] frequencies(Sampler sampler, float[] scores) {
        double[] frequencies = new double[scores.length];
        for (int draw = 0; draw < DRAWS; draw++) {
            frequencies[sampler.next(scores)] += 1.0 / DRAWS;
        }
        return frequencies;
    }

    /// The probability of each token, 0 for those that are not drawn.
    private static double[] kept(float[] scores, double temperature, int topK, double topP) {
        List<Integer> likeliest =
                new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        likeliest.sort(Comparator.comparingDouble((Integer i) -> -scores[i]));
        if (topK > 0 && topK < scores.length) {
            likeliest = likeliest.subList(0, topK);
        }
        double highest = scores[likeliest.getFirst()];
        double all = likeliest.stream()
                .mapToDouble(i -> Math.exp((scores[i] - highest) / temperature))
                .sum();
        double[] probabilities = new double[scores.length];
        double mass = 0;
        for (int token : likeliest) {
            if (mass >= topP) {
                break;
            }
            probabilities[token] = Math.exp((scores[token] - highest) / temperature) / all;
            mass += probabilities[token];
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= mass;
        }
        return probabilities;
    }
}
