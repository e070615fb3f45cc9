package dev.stepwell.core.signals;

import dev.stepwell.core.signals.LossFigures.Level;
import dev.stepwell.core.signals.LossFigures.Usual;
import org.jspecify.annotations.Nullable;

/// The losses of one file, summed up as they come.
final class LossMeter {
    /// Steps after which a loss counts half.
    static final double HALF_LIFE = 20;

    private final MovingMoments moments = new MovingMoments(HALF_LIFE);
    private final TrendWindow trend = new TrendWindow(true);
    private final SlidingSample latest = new SlidingSample(Usual.WINDOW);
    private final SlidingSample levels = new SlidingSample(Level.WINDOW);
    private final LowPoints lows = new LowPoints(Level.LATELY);
    private long steps;
    private double newest;
    private @Nullable Usual usual;
    private @Nullable Level level;

    /// @param loss finite
    void add(double loss) {
        usual = latest.size() < Usual.LEAST ? null : new Usual(latest.median(), latest.deviationAbove());
        newest = loss;
        steps++;
        moments.add(loss);
        trend.add(loss);
        latest.add(loss);
        levels.add(loss);
        if (levels.isFull()) {
            level = next(level, levels.median());
        }
    }

    private Level next(@Nullable Level before, double now) {
        lows.add(now);
        if (before == null) {
            return new Level(now, now, now, latest.deviation(), null);
        }
        return now < before.best()
                ? new Level(before.first(), now, now, latest.deviation(), lows.gain())
                : new Level(before.first(), now, before.best(), before.noise(), lows.gain());
    }

    /// Null before the first loss.
    @Nullable
    LossFigures figures() {
        Double streaming = moments.mean();
        return streaming == null
                ? null
                : new LossFigures(steps, newest, streaming, moments.variance(), trend.trend(), usual, level);
    }
}
