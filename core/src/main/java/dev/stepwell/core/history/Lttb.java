package dev.stepwell.core.history;

import java.util.Arrays;

/// Largest Triangle Three Buckets: the points of a curve without which it would look different.
///
/// The first and the last point stay. What lies between is cut into buckets; of each that has points, the one stays
/// that spans the largest triangle with the one kept before and the mean of the next bucket that has any. From: S.
/// Steinarsson, *Downsampling Time Series for Visual Representation*, University of Iceland, 2013, section 4.2. There
/// buckets have equal numbers of points; here they are of equal width, because old points lie further apart than new
/// ones and a chart gives both the same room.
final class Lttb {
    private Lttb() {}

    /// Which points to keep.
    ///
    /// @param x      ascending
    /// @param y      as many, all finite
    /// @param points how many to keep at most: from 2 to the number of points
    /// @return indices of those kept, ascending
    static int[] select(long[] x, double[] y, int points) {
        if (points < 2 || points > x.length) {
            throw new IllegalArgumentException("%d points of %d".formatted(points, x.length));
        }
        int[] begins = begins(x, points - 2);
        int[] kept = new int[begins.length + 1];
        for (int bucket = 0; bucket + 1 < begins.length; bucket++) {
            int next = bucket + 2 < begins.length ? begins[bucket + 2] : x.length;
            kept[bucket + 1] = largest(x, y, kept[bucket], begins[bucket], begins[bucket + 1], next);
        }
        kept[begins.length] = x.length - 1;
        return kept;
    }

    /// Where the buckets that have points begin, and last the place of the last point, which is a bucket by itself.
    private static int[] begins(long[] x, int buckets) {
        int last = x.length - 1;
        int[] begins = new int[buckets + 1];
        int count = 0;
        long before = -1;
        for (int i = 1; i < last && buckets > 0; i++) {
            // The share of the way by which a point lies behind the first: no overflow, however wide the steps are.
            double share = x[last] == x[0] ? 0 : ((double) x[i] - x[0]) / ((double) x[last] - x[0]);
            long bucket = Math.min(buckets - 1, (long) (share * buckets));
            if (bucket != before) {
                begins[count++] = i;
                before = bucket;
            }
        }
        begins[count] = last;
        return Arrays.copyOf(begins, count + 1);
    }

    private static int largest(long[] x, double[] y, int before, int from, int to, int next) {
        double meanX = 0;
        double meanY = 0;
        for (int i = to; i < next; i++) {
            meanX += (double) (x[i] - x[before]) / (next - to);
            meanY += y[i] / (next - to);
        }
        int best = from;
        double largest = -1;
        for (int i = from; i < to; i++) {
            // Twice the area; with the point kept before as the origin of x.
            double area = Math.abs(meanX * (y[i] - y[before]) - (x[i] - x[before]) * (meanY - y[before]));
            if (area > largest) {
                largest = area;
                best = i;
            }
        }
        return best;
    }
}
