package dev.stepwell.torch;

import org.jspecify.annotations.Nullable;

/// The frequencies of the rotary position embedding.
///
/// @param theta   base of the frequencies
/// @param scaling how they are stretched for contexts longer than those of the first training; null: not at all
public record Rope(double theta, @Nullable Llama3Scaling scaling) {

    /// Llama 3.1's scaling (`rope_type: llama3`): of frequencies whose wave is longer than `original / lowFactor`
    /// positions one `factor`-th is taken, those shorter than `original / highFactor` stay, and between the two
    /// it passes from one to the other.
    ///
    /// @param factor     by which low frequencies are divided
    /// @param lowFactor  `low_freq_factor`
    /// @param highFactor `high_freq_factor`; above `lowFactor`
    /// @param original   `original_max_position_embeddings`
    public record Llama3Scaling(double factor, double lowFactor, double highFactor, int original) {
        public Llama3Scaling {
            if (!(factor > 0 && lowFactor > 0 && highFactor > lowFactor && original > 0)) {
                throw new IllegalArgumentException(
                        "llama3 scaling by factor %s, low_freq_factor %s, high_freq_factor %s, original length %d"
                                .formatted(factor, lowFactor, highFactor, original));
            }
        }

        double scaled(double frequency) {
            double wavelength = 2 * Math.PI / frequency;
            if (wavelength > original / lowFactor) {
                return frequency / factor;
            }
            if (wavelength < original / highFactor) {
                return frequency;
            }
            double share = (original / wavelength - lowFactor) / (highFactor - lowFactor);
            return (1 - share) * frequency / factor + share * frequency;
        }
    }

    /// Radians by which the pair of features `i` and `i + headDim / 2` turns from one position to the next.
    public double frequency(int i, int headDim) {
        double frequency = Math.pow(theta, -2.0 * i / headDim);
        return scaling == null ? frequency : scaling.scaled(frequency);
    }
}
