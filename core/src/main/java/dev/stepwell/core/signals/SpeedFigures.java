package dev.stepwell.core.signals;

import org.jspecify.annotations.Nullable;

/// How fast the steps of this process are: training time only, in tokens per second, padding not counted.
///
/// @param average     tokens of all steps by the time of all steps; null before the first
/// @param baseline    what is usual: the median over the latest stretches like these, the newest left out; null
///                    until it can be known
/// @param fastest     what a quarter of the newest stretches reach; null until there are [SpeedMeter#NEWEST]
/// @param stepSeconds median time of a step; null until there are [SpeedMeter#NEWEST]
/// @param trend       where it goes in this file; null until that can be known
public record SpeedFigures(
        @Nullable Double average,
        @Nullable Double baseline,
        @Nullable Double fastest,
        @Nullable Double stepSeconds,
        @Nullable Trend trend) {
    static final SpeedFigures NONE = new SpeedFigures(null, null, null, null, null);
}
