package dev.stepwell.core.progress;

/// How far the tokens of files are from what a sample of their rows said.
///
/// ```
///  error of a file = √((Σ (actual/expected − 1)² + 2·0.08²) / (files + 2))
/// ```
final class TokensBySample {
    private static final double FIRST_ERROR = 0.08;
    private static final double DOUBT = 2;

    private int files;
    private double squares;

    /// The rows of a file that was sampled were read.
    void read(double expected, double actual) {
        double off = actual / expected - 1;
        squares += off * off;
        files++;
    }

    /// Relative standard deviation of the tokens of `waiting` files together, each of which was sampled by itself.
    double error(int waiting) {
        return Math.sqrt((squares + DOUBT * FIRST_ERROR * FIRST_ERROR) / (files + DOUBT) / waiting);
    }
}
