package dev.stepwell.core.signals;

/// The speed of the steps of a process.
///
/// ```
///  steps ──► newest (32) ──────────────────► fastest, stepSeconds
///        └─► kept back (64) ──► baseline (1,024) ──► its median
/// ```
///
/// What is usual depends on the rows: short ones cost more per token than long ones. So the baseline goes on
/// from file to file while their steps have about as many tokens, and begins anew where they have more or
/// fewer by half.
final class SpeedMeter {
    static final int NEWEST = 32;
    /// Newest steps that are no part of the baseline yet, so that a slow hour does not hide itself.
    static final int KEPT_BACK = 64;
    static final int BASELINE = 1_024;
    /// With fewer steps there is no baseline.
    static final int LEAST = 64;
    /// Steps are unlike those of the baseline where they have so many times as many tokens, or as few.
    static final double UNLIKE = 1.5;

    private record Timed(double rate, double tokens) {}

    private final SlidingSample rates = new SlidingSample(NEWEST);
    private final SlidingSample tokens = new SlidingSample(NEWEST);
    private final SlidingSample seconds = new SlidingSample(NEWEST);
    private final Timed[] keptBack = new Timed[KEPT_BACK];
    private final SlidingSample usualRates = new SlidingSample(BASELINE);
    private final SlidingSample usualTokens = new SlidingSample(BASELINE);
    private final TrendWindow trend = new TrendWindow(false);
    private double allTokens;
    private double allSeconds;
    private long sinceNew;

    /// A step over `itsTokens` took `itsSeconds`. One that took no time at all says nothing.
    void add(int itsTokens, double itsSeconds) {
        if (itsSeconds <= 0) {
            return;
        }
        allTokens += itsTokens;
        allSeconds += itsSeconds;
        double rate = itsTokens / itsSeconds;
        rates.add(rate);
        tokens.add(itsTokens);
        seconds.add(itsSeconds);
        trend.add(rate);
        int place = (int) (sinceNew % KEPT_BACK);
        if (sinceNew >= KEPT_BACK) {
            usualRates.add(keptBack[place].rate());
            usualTokens.add(keptBack[place].tokens());
        }
        keptBack[place] = new Timed(rate, itsTokens);
        sinceNew++;
        if (unlike()) {
            usualRates.clear();
            usualTokens.clear();
            sinceNew = 0;
        }
    }

    private boolean unlike() {
        if (!tokens.isFull() || usualTokens.size() == 0) {
            return false;
        }
        double now = tokens.median();
        double usual = usualTokens.median();
        return now > UNLIKE * usual || usual > UNLIKE * now;
    }

    /// The trend begins anew: it is that of a file.
    void fileStarted() {
        trend.clear();
    }

    SpeedFigures figures() {
        boolean known = rates.isFull();
        return new SpeedFigures(
                allSeconds == 0 ? null : (Double) (allTokens / allSeconds),
                usualRates.size() < LEAST ? null : (Double) usualRates.median(),
                known ? (Double) rates.quantile(0.75) : null,
                known ? (Double) seconds.median() : null,
                trend.trend());
    }
}
