package dev.stepwell.torch.generation;

import java.util.Arrays;
import java.util.SplittableRandom;

/// Chooses a token by its score.
public sealed interface Sampler {
    /// Index of the chosen token.
    ///
    /// @param scores of every token, unnormalised log probabilities; at least one, not changed
    int next(float[] scores);

    /// The sampler that is meant.
    ///
    /// @param temperature by which scores are divided; 0 for the likeliest token, whatever the rest says
    /// @param topK        how many of the likeliest tokens are drawn from; 0 for all
    /// @param topP        above 0 and up to 1: the smallest set of likeliest tokens is drawn from that has this
    ///                    much of the probability of those that `topK` leaves (Holtzman et al., 2020)
    /// @param seed        the same one draws the same
    /// @throws IllegalArgumentException if a number is out of its range
    static Sampler of(double temperature, int topK, double topP, long seed) {
        return temperature == 0 ? new Greedy() : new Drawn(temperature, topK, topP, seed);
    }

    /// The likeliest token; of equals the first.
    record Greedy() implements Sampler {
        @Override
        public int next(float[] scores) {
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                if (scores[i] > scores[best]) {
                    best = i;
                }
            }
            return best;
        }
    }

    /// A token drawn by its probability, in the order of transformers: temperature, the likeliest k, of those the
    /// likeliest with mass p. Of tokens equally likely the first come first.
    final class Drawn implements Sampler {
        private final double temperature;
        private final int topK;
        private final double topP;
        private final SplittableRandom random;

        private Drawn(double temperature, int topK, double topP, long seed) {
            if (!(temperature > 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
                throw new IllegalArgumentException(
                        "temperature %s, top-k %d, top-p %s".formatted(temperature, topK, topP));
            }
            this.temperature = temperature;
            this.topK = topK;
            this.topP = topP;
            this.random = new SplittableRandom(seed);
        }

        @Override
        public int next(float[] scores) {
            int[] likeliest = likeliestFirst(scores);
            int kept = topK == 0 ? likeliest.length : Math.min(topK, likeliest.length);
            double highest = scores[likeliest[0]];
            double[] masses = new double[kept];
            double mass = 0;
            for (int i = 0; i < kept; i++) {
                mass += Math.exp((scores[likeliest[i]] - highest) / temperature);
                masses[i] = mass;
            }
            int last = firstAtLeast(masses, topP * mass);
            return likeliest[firstAtLeast(masses, random.nextDouble() * masses[last])];
        }

        /// Indices of the tokens, likeliest first.
        private static int[] likeliestFirst(float[] scores) {
            long[] keys = new long[scores.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = descending(scores[i]) << Integer.SIZE | i;
            }
            Arrays.sort(keys);
            int[] indices = new int[keys.length];
            for (int i = 0; i < indices.length; i++) {
                indices[i] = (int) keys[i];
            }
            return indices;
        }

        /// A number that is the smaller, as a signed one of 32 bits, the larger `score` is: floats order like their
        /// bits where these are read as sign and magnitude.
        private static long descending(float score) {
            int bits = Float.floatToIntBits(score);
            return ~(bits ^ (bits >> (Integer.SIZE - 1) & Integer.MAX_VALUE));
        }

        /// The first place at which `sums`, which never fall, reach `value`.
        private static int firstAtLeast(double[] sums, double value) {
            int found = Arrays.binarySearch(sums, value);
            int place = found < 0 ? -found - 1 : found;
            while (place > 0 && sums[place - 1] >= value) {
                place--;
            }
            return Math.min(place, sums.length - 1);
        }
    }
}
