package dev.stepwell.core.signals;

import org.jspecify.annotations.Nullable;

/// What the finite losses of the file in training say, since it began in this process or was last rolled back.
///
/// @param steps     how many there are, at least 1
/// @param newest    the last of them
/// @param streaming their mean, of which recent ones are the most
/// @param variance  of them, likewise; null of a single one
/// @param trend     where they go; null until [TrendWindow#LEAST] are there
/// @param usual     what the newest is held against; null until [Usual#LEAST] came before it
/// @param level     where they stand; null until [Level#WINDOW] are there
public record LossFigures(
        long steps,
        double newest,
        double streaming,
        @Nullable Double variance,
        @Nullable Trend trend,
        @Nullable Usual usual,
        @Nullable Level level) {

    /// The losses just before the newest.
    ///
    /// @param median    of them
    /// @param deviation how far they are above it, as [SlidingSample#deviationAbove] says
    public record Usual(double median, double deviation) {
        static final int WINDOW = 64;
        static final int LEAST = 16;
    }

    /// Levels are medians of [#WINDOW] losses, which a few odd ones do not move.
    ///
    /// @param first of the first losses
    /// @param now   of the newest losses
    /// @param best  the lowest so far
    /// @param noise how far single losses were from it then: 1.4826 times their median absolute deviation
    /// @param gain  the lowest level before the latest [#LATELY] steps, less the lowest in them; null until
    ///              there are levels before them
    public record Level(
            double first,
            double now,
            double best,
            double noise,
            @Nullable Double gain) {
        static final int WINDOW = 32;
        public static final int LATELY = 300;

        /// How much higher it is than it was.
        public double rise() {
            return now - best;
        }
    }
}
