package dev.stepwell.core.history;

/// Largest Triangle Three Buckets: the points of a curve without which it would look different.
///
/// The first and the last point stay. What lies between is cut into buckets of equal numbers; of each, the point stays
/// that spans the largest triangle with the one kept before and the mean of the bucket behind. From: S. Steinarsson,
/// *Downsampling Time Series for Visual Representation*, University of Iceland, 2013, section 4.2.
final class Lttb {
    private Lttb() {}

    /// Which points to keep.
    ///
    /// @param x      ascending
    /// @param y      as many, all finite
    /// @param points how many to keep: from 2 to the number of points
    /// @return indices of those kept, ascending
    static int[] select(long[] x, double[] y, int points) {
        if (points < 2 || points > x.length) {
            throw new IllegalArgumentException("%d points of %d".formatted(points, x.length));
        }
        int[] kept = new int[points];
        int buckets = points - 2;
        for (int bucket = 0; bucket < buckets; bucket++) {
            int from = begin(bucket, buckets, x.length);
            int to = begin(bucket + 1, buckets, x.length);
            int next = begin(bucket + 2, buckets, x.length);
            kept[bucket + 1] = largest(x, y, kept[bucket], from, to, Math.min(next, x.length));
        }
        kept[points - 1] = x.length - 1;
        return kept;
    }

    /// Where a bucket begins; one past the last one holds the last point alone.
    private static int begin(int bucket, int buckets, int count) {
        return bucket > buckets ? count : 1 + (int) ((long) bucket * (count - 2) / buckets);
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
