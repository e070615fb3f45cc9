package dev.stepwell.core.history;

import java.util.Arrays;
import java.util.BitSet;

/// Which points of a stretch stay when it is thinned, so that a chart of it looks as before.
///
/// The stretch is cut into buckets of equal width in steps. These stay:
///
/// - the first and the last point of the stretch, and of each file;
/// - of each bucket and each value, the smallest and the largest, and the first that was not finite.
///
/// What stays of what stays is the same again: a stretch may be thinned twice, and wider buckets may follow narrow
/// ones.
final class Thinning {
    private Thinning() {}

    /// Which points stay.
    ///
    /// @param steps  global steps, ascending; several points may be of one step
    /// @param values for each kind of value as many as there are steps; NaN where it was not finite or not known
    /// @param width  of a bucket, in steps; buckets begin at its multiples
    /// @param bases  global steps after which a file begins, ascending
    /// @return which stay, by their place
    static BitSet kept(long[] steps, double[][] values, long width, long[] bases) {
        BitSet kept = new BitSet(steps.length);
        for (int from = 0; from < steps.length; ) {
            int to = from + 1;
            while (to < steps.length && Math.floorDiv(steps[to], width) == Math.floorDiv(steps[from], width)) {
                to++;
            }
            for (double[] ofKind : values) {
                extremes(ofKind, from, to, kept);
            }
            from = to;
        }
        ends(steps, bases, kept);
        return kept;
    }

    private static void extremes(double[] values, int from, int to, BitSet kept) {
        int least = -1;
        int most = -1;
        int unknown = -1;
        for (int i = from; i < to; i++) {
            if (!Double.isFinite(values[i])) {
                unknown = unknown < 0 ? i : unknown;
                continue;
            }
            least = least < 0 || values[i] < values[least] ? i : least;
            most = most < 0 || values[i] > values[most] ? i : most;
        }
        for (int i : new int[] {least, most, unknown}) {
            if (i >= 0) {
                kept.set(i);
            }
        }
    }

    private static void ends(long[] steps, long[] bases, BitSet kept) {
        for (int i = 0; i < steps.length; i++) {
            boolean first = i == 0 || fileOf(steps[i - 1], bases) != fileOf(steps[i], bases);
            boolean last = i == steps.length - 1 || fileOf(steps[i + 1], bases) != fileOf(steps[i], bases);
            if (first || last) {
                kept.set(i);
            }
        }
    }

    /// How many files began before `step`: its own is the last of them, for a file's first step follows its base.
    private static int fileOf(long step, long[] bases) {
        int found = Arrays.binarySearch(bases, step);
        return found >= 0 ? found : -found - 1;
    }
}
