package dev.stepwell.core.progress;

/// How many tokens a step of a file has, from the file's size: known for files whose rows were read, expected of
/// those that wait.
///
/// ```
///  tokens per step ≈ mean · (1 − share + share · bytes per step / mean)      LinearShare of files read
///  error of a file  = √((Σ (actual/expected − 1)² + 2·0.08²) / (max(0, files − 1) + 2))
/// ```
///
/// The share differs from 1 because bytes of a row are more than its text, and because long rows are cut.
final class TokensByBytes {
    private static final double FIRST_ERROR = 0.08;
    private static final double DOUBT = 2;

    private final LinearShare share = new LinearShare(1, 0.01, 1.5, 1);
    private int files;
    private double squares;

    /// The rows of a file were read.
    void read(double bytesPerStep, double tokensPerStep) {
        if (!(bytesPerStep > 0 && tokensPerStep > 0)) {
            return;
        }
        if (files > 0) {
            double off = tokensPerStep / share.at(bytesPerStep) - 1;
            squares += off * off;
        }
        share.add(bytesPerStep, tokensPerStep);
        files++;
    }

    boolean isEmpty() {
        return files == 0;
    }

    /// Tokens that a step is expected to have. Not to be asked while nothing was read.
    double at(double bytesPerStep) {
        return share.at(bytesPerStep);
    }

    /// Relative standard deviation of the tokens of `waiting` files together: each differs by itself, and what is
    /// expected of all of them comes from as few as were read.
    double error(int waiting) {
        double single = (squares + DOUBT * FIRST_ERROR * FIRST_ERROR) / (Math.max(0, files - 1) + DOUBT);
        return Math.sqrt(single * (1.0 / waiting + 1.0 / Math.max(1, files)));
    }
}
