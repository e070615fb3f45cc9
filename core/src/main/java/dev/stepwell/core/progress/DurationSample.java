package dev.stepwell.core.progress;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The latest of a series of durations, summed up so that recent ones count more and single outliers hardly at all.
///
/// With `x_i` the durations of the window and `age_i` how many came after each:
///
/// ```
///  x'_i = x_i, but the k shortest and the k longest moved to the nearest that is left (winsorised); k = max(1, n/20)
///  w_i  = 2^(-age_i / halfLife)
///  mean = Σ w_i x'_i / Σ w_i
///  variance = (Σ w_i (x'_i − mean)² + (mean/2)²) / (Σ w_i + 1)
///  n_eff = (Σ w_i)² / Σ w_i²
/// ```
///
/// Below three durations nothing is moved. Few of them say little of how far the next ones spread, so that half of the
/// mean counts as one deviation more.
final class DurationSample {
    private final double[] seconds;
    private final double halfLife;
    private long added;

    /// @param window   durations kept
    /// @param halfLife after how many newer durations one counts half
    DurationSample(int window, double halfLife) {
        seconds = new double[window];
        this.halfLife = halfLife;
    }

    void add(double duration) {
        seconds[(int) (added++ % seconds.length)] = duration;
    }

    boolean isEmpty() {
        return added == 0;
    }

    /// The median of the window, of an even number the lower one; null if it is empty.
    @Nullable
    Double median() {
        double[] sorted = sorted();
        return sorted.length == 0 ? null : (Double) sorted[(sorted.length - 1) / 2];
    }

    private double[] sorted() {
        double[] sorted = Arrays.copyOf(seconds, (int) Math.min(added, seconds.length));
        Arrays.sort(sorted);
        return sorted;
    }

    /// What the durations of the window say of the next ones; [Prediction#NOTHING] if there are none.
    Prediction next() {
        double[] sorted = sorted();
        int n = sorted.length;
        if (n == 0) {
            return Prediction.NOTHING;
        }
        int moved = n < 3 ? 0 : Math.max(1, n / 20);
        double shortest = sorted[moved];
        double longest = sorted[n - 1 - moved];
        double weights = 0;
        double squaredWeights = 0;
        double sum = 0;
        for (int age = 0; age < n; age++) {
            double weight = weight(age);
            weights += weight;
            squaredWeights += weight * weight;
            sum += weight * Math.clamp(aged(age), shortest, longest);
        }
        double mean = sum / weights;
        double squares = 0;
        for (int age = 0; age < n; age++) {
            double deviation = Math.clamp(aged(age), shortest, longest) - mean;
            squares += weight(age) * deviation * deviation;
        }
        double variance = (squares + mean * mean / 4) / (weights + 1);
        return new Prediction(mean, variance, weights * weights / squaredWeights);
    }

    private double aged(int age) {
        return seconds[(int) ((added - 1 - age) % seconds.length)];
    }

    private double weight(int age) {
        return Math.pow(2, -age / halfLife);
    }

    /// What is expected of each further duration.
    ///
    /// @param mean      in seconds
    /// @param variance  of a single one, in seconds squared
    /// @param effective how many observations of equal weight it rests on
    record Prediction(double mean, double variance, double effective) {
        static final Prediction NOTHING = new Prediction(0, 0, 1);

        /// One of these and one of those, taken as one.
        Prediction and(Prediction other) {
            return new Prediction(mean + other.mean, variance + other.variance, Math.min(effective, other.effective));
        }

        /// Variance of the sum of `n` further durations: their own scatter, and `n` times the error of the mean.
        double varianceOfSum(double n) {
            return variance * (n + n * n / effective);
        }
    }
}
