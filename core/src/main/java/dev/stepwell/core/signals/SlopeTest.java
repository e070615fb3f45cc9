package dev.stepwell.core.signals;

/// Whether a series rises or falls, beyond what its noise would do by itself: its slope against the standard
/// error of that.
///
/// Neighbouring losses are alike, and each says less than one that is independent would. So the series is cut
/// into [#BLOCKS] blocks of neighbours, whose means are nearly independent where what neighbours have in
/// common is forgotten within a block: the method of batch means (Conway, 1963). A line is fitted to the
/// means by least squares. How far they scatter is measured by the differences of neighbours among them (von
/// Neumann and others, 1941), because around a line a curve would scatter, too, however smoothly it falls.
///
/// ```
///  b_i = mean of block i      slope = Σ (i − ī) b_i / S,  S = Σ (i − ī)²
///  s² = Σ (b_(i+1) − b_i)² / (2 (BLOCKS − 1))      t = slope / √(s² / S)
/// ```
///
/// @param slope from one block to the next
/// @param t     how many standard errors that is; 0 for what is constant
record SlopeTest(double slope, double t) {
    static final int BLOCKS = 8;

    /// With fewer values than these nothing is said.
    static final int LEAST = 2 * BLOCKS;

    /// What `t` exceeds, up or down, in one of a hundred series of independent normal blocks without a slope:
    /// from ten million of them. Of series of 128 values of autocorrelation 0.3, 0.6, 0.8 and 0.9 it is
    /// exceeded by 1, 1.5, 2.3 and 5 %. A line through all values with the error of Newey and West (1987)
    /// would let pass 3, 7, 15 and 30 %; with the effective number of values of Santer and others (2000) it
    /// keeps the 1 %, but takes a curve that falls smoothly for noise.
    static final double ONE_PERCENT = 3.64;

    private static final double CENTRE = (BLOCKS - 1) / 2.0;
    private static final double SPREAD = BLOCKS * (BLOCKS * BLOCKS - 1.0) / 12;
    /// What is below this share of the level is rounding.
    private static final double ROUNDING = 1e-9;

    /// @param values oldest first, at least [#LEAST]; of those that fill no block, the oldest are left out
    static SlopeTest of(double[] values) {
        int length = values.length / BLOCKS;
        if (values.length < LEAST) {
            throw new IllegalArgumentException(values.length + " values");
        }
        double[] means = new double[BLOCKS];
        for (int i = 0; i < BLOCKS * length; i++) {
            means[i / length] += values[values.length - BLOCKS * length + i] / length;
        }
        double slope = 0;
        double level = 0;
        double squares = 0;
        for (int i = 0; i < BLOCKS; i++) {
            slope += (i - CENTRE) * means[i] / SPREAD;
            level += Math.abs(means[i]) / BLOCKS;
            double difference = i == 0 ? 0 : means[i] - means[i - 1];
            squares += difference * difference;
        }
        double variance = squares / (2 * (BLOCKS - 1));
        boolean moves = Math.abs(slope) * BLOCKS > ROUNDING * level && Double.isFinite(variance);
        return new SlopeTest(slope, moves ? slope / Math.sqrt(variance / SPREAD) : 0);
    }

    /// Whether there is one: -1 where the series falls, 1 where it rises, 0 where neither can be told.
    int direction() {
        return Math.abs(t) < ONE_PERCENT ? 0 : (int) Math.signum(t);
    }
}
