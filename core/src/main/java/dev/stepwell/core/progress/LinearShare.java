package dev.stepwell.core.progress;

/// How much of one quantity grows with another, learnt from pairs of them.
///
/// With `x̄` and `ȳ` the means of what was seen, `y` is expected to be
///
/// ```
///  y(x) = ȳ · (1 − share + share · x/x̄)
///  share = (n·cov(x/x̄, y/ȳ) + firmness·first) / (n·var(x/x̄) + firmness), kept within 0 and `most`
/// ```
///
/// Share 1 is proportional, 0 is constant. It is the slope of least squares, drawn towards `first` as if `firmness` of
/// variation had been seen before: where `x` hardly varies, nothing can be learnt, and little depends on it. Older
/// pairs count less.
final class LinearShare {
    /// However far `x` is from what was seen, some of the mean is left.
    private static final double LEAST = 0.05;

    private final double first;
    private final double firmness;
    private final double most;
    private final double memory;
    private double weights;
    private double sumX;
    private double sumY;
    private double sumXx;
    private double sumXy;

    /// @param first    the share before anything is seen
    /// @param firmness how hard it is to move from there
    /// @param most     the largest share that is believed
    /// @param memory   how much a pair counts when one more has come; 1 for as much as that
    LinearShare(double first, double firmness, double most, double memory) {
        this.first = first;
        this.firmness = firmness;
        this.most = most;
        this.memory = memory;
    }

    /// Both positive; a pair that is not says nothing.
    void add(double x, double y) {
        if (!(x > 0 && y > 0)) {
            return;
        }
        weights = memory * weights + 1;
        sumX = memory * sumX + x;
        sumY = memory * sumY + y;
        sumXx = memory * sumXx + x * x;
        sumXy = memory * sumXy + x * y;
    }

    /// Whether no pair was seen.
    boolean isEmpty() {
        return weights == 0;
    }

    /// What is expected at `x`, as a multiple of the mean; 1 before anything is seen.
    double relative(double x) {
        if (isEmpty()) {
            return 1;
        }
        double share = share();
        return Math.max(LEAST, 1 - share + share * x / meanX());
    }

    /// What is expected at `x`; not to be asked before anything is seen.
    double at(double x) {
        return sumY / weights * relative(x);
    }

    double meanX() {
        return sumX / weights;
    }

    double share() {
        if (isEmpty()) {
            return first;
        }
        double meanY = sumY / weights;
        double variance = Math.max(0, sumXx / weights / (meanX() * meanX()) - 1);
        double covariance = sumXy / weights / (meanX() * meanY) - 1;
        return Math.clamp((weights * covariance + firmness * first) / (weights * variance + firmness), 0, most);
    }
}
