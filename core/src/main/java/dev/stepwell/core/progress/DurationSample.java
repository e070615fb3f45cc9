package dev.stepwell.core.progress;

import java.util.Arrays;

/// The latest of a series of durations, summed up so that recent ones count more and single outliers hardly at all.
///
/// With `x_i` the durations of the window and `age_i` how many came after each:
///
/// ```
///  x'_i = x_i, but the k shortest and the k longest moved to the nearest that is left (winsorised); k = max(1, n/20)
///  w_i  = 2^(-age_i / halfLife)
///  mean = Σ w_i x'_i / Σ w_i         variance = Σ w_i (x'_i − mean)² / Σ w_i         n_eff = (Σ w_i)² / Σ w_i²
/// ```
///
/// Below three durations nothing is moved; of a single one the spread is not known, and half the mean stands for it.
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

    /// How many were added, those that left the window included.
    long added() {
        return added;
    }

    /// What the durations of the window say of the next ones; [Prediction#NOTHING] if there are none.
    Prediction next() {
        int n = (int) Math.min(added, seconds.length);
        if (n == 0) {
            return Prediction.NOTHING;
        }
        double[] sorted = Arrays.copyOf(seconds, n);
        Arrays.sort(sorted);
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
        double variance = n == 1 ? mean * mean / 4 : squares / weights;
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

        /// Variance of the sum of `n` further durations: their own scatter, and `n` times the error of the mean.
        double varianceOfSum(double n) {
            return variance * (n + n * n / effective);
        }
    }
}
