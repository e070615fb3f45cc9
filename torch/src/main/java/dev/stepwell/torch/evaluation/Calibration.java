package dev.stepwell.torch.evaluation;

/// Expected calibration error: how far the probability that the model gives its likeliest token is from how often that
/// token is right.
///
/// ```
///  ECE = Σ_b n_b/n · |right_b/n_b − confidence_b/n_b|      over 15 bins of equal width
/// ```
///
/// After Naeini, Cooper and Hauskrecht (2015), with the bins of Guo and others (2017).
final class Calibration {
    static final int BINS = 15;

    private final long[] count = new long[BINS];
    private final long[] right = new long[BINS];
    private final double[] confidence = new double[BINS];

    /// Adds a prediction.
    ///
    /// @param probability of the likeliest token, 0 to 1
    void add(double probability, boolean isRight) {
        int bin = Math.clamp((int) (probability * BINS), 0, BINS - 1);
        count[bin]++;
        confidence[bin] += probability;
        if (isRight) {
            right[bin]++;
        }
    }

    /// From 0 to 1; 0 before there is a prediction.
    double error() {
        double sum = 0;
        long all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(right[bin] - confidence[bin]);
            all += count[bin];
        }
        return all == 0 ? 0 : sum / all;
    }
}
