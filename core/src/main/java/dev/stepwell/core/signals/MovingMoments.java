package dev.stepwell.core.signals;

import org.jspecify.annotations.Nullable;

/// Mean and variance of a series in which a value counts half after so many newer ones.
///
/// With `x_i` all values and `age_i` how many came after each:
///
/// ```
///  w_i = 2^(-age_i / halfLife)      W = Σ w_i      mean = Σ w_i x_i / W
///  variance = Σ w_i (x_i − mean)² / (W − Σ w_i² / W)
/// ```
///
/// So the first value is its own mean, and nothing has to be made up for the time before. Kept up by the
/// recurrence of West (1979), which subtracts no large numbers from each other.
final class MovingMoments {
    private final double decay;
    private double weights;
    private double squaredWeights;
    private double mean;
    private double squares;

    /// @param halfLife in values, above 0
    MovingMoments(double halfLife) {
        decay = Math.pow(2, -1 / halfLife);
    }

    void add(double value) {
        weights = decay * weights + 1;
        squaredWeights = decay * decay * squaredWeights + 1;
        double off = value - mean;
        mean += off / weights;
        squares = decay * squares + off * (value - mean);
    }

    /// Null before the first value.
    @Nullable
    Double mean() {
        return weights == 0 ? null : (Double) mean;
    }

    /// Without the bias of a sample; null before the second value.
    @Nullable
    Double variance() {
        return weights <= 1 ? null : (Double) (squares / (weights - squaredWeights / weights));
    }
}
