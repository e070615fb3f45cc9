package dev.stepwell.core.signals;

/// The speed of the steps of a process.
///
/// ```
///  steps ──► stretches of a second ─┬─► newest (32) ───────────────────────► fastest
///        └─► newest (32)            └─► kept back (64) ──► baseline (1,024) ──► its median
///              └─► stepSeconds
/// ```
///
/// Steps that take milliseconds are measured together until they make a second: what holds them up for a moment is
/// no news. Longer ones are each a stretch of its own.
///
/// What is usual depends on the rows: short ones cost more per token than long ones. So the baseline goes on
/// from file to file while their steps have about as many tokens, and begins anew where they have more or
/// fewer by half.
final class SpeedMeter {
    static final int NEWEST = 32;
    /// Newest stretches that are no part of the baseline yet, so that a slow hour does not hide itself.
    static final int KEPT_BACK = 64;
    static final int BASELINE = 1_024;
    /// With fewer stretches there is no baseline.
    static final int LEAST = 64;
    /// Steps are unlike those of the baseline where they have so many times as many tokens, or as few.
    static final double UNLIKE = 1.5;
    /// A stretch has at least this.
    static final double STRETCH_SECONDS = 1;

    /// @param rate   tokens per second
    /// @param tokens per step
    private record Stretch(double rate, double tokens) {}

    private final SlidingSample rates = new SlidingSample(NEWEST);
    private final SlidingSample tokens = new SlidingSample(NEWEST);
    private final SlidingSample seconds = new SlidingSample(NEWEST);
    private final Stretch[] keptBack = new Stretch[KEPT_BACK];
    private final SlidingSample usualRates = new SlidingSample(BASELINE);
    private final SlidingSample usualTokens = new SlidingSample(BASELINE);
    private final TrendWindow trend = new TrendWindow(false);
    private double allTokens;
    private double allSeconds;
    private long sinceNew;
    private long begunSteps;
    private double begunTokens;
    private double begunSeconds;

    /// A step over `itsTokens` took `itsSeconds`. One that took no time at all says nothing.
    void add(int itsTokens, double itsSeconds) {
        if (itsSeconds <= 0) {
            return;
        }
        allTokens += itsTokens;
        allSeconds += itsSeconds;
        seconds.add(itsSeconds);
        trend.add(itsTokens / itsSeconds);
        begunSteps++;
        begunTokens += itsTokens;
        begunSeconds += itsSeconds;
        if (begunSeconds >= STRETCH_SECONDS) {
            add(new Stretch(begunTokens / begunSeconds, begunTokens / begunSteps));
            begunSteps = 0;
            begunTokens = 0;
            begunSeconds = 0;
        }
    }

    private void add(Stretch stretch) {
        rates.add(stretch.rate());
        tokens.add(stretch.tokens());
        int place = (int) (sinceNew % KEPT_BACK);
        if (sinceNew >= KEPT_BACK) {
            usualRates.add(keptBack[place].rate());
            usualTokens.add(keptBack[place].tokens());
        }
        keptBack[place] = stretch;
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
        return new SpeedFigures(
                allSeconds == 0 ? null : (Double) (allTokens / allSeconds),
                usualRates.size() < LEAST ? null : (Double) usualRates.median(),
                rates.isFull() ? (Double) rates.quantile(0.75) : null,
                seconds.isFull() ? (Double) seconds.median() : null,
                trend.trend());
    }
}
