package dev.stepwell.data;

import java.util.Arrays;
import java.util.Optional;

/// How many tokens rows have.
///
/// @param shortest of a row
/// @param median   half of the rows have no more
/// @param p95      of a hundred rows ninety-five have no more
/// @param longest  of a row
/// @param total    of all rows
public record Lengths(int shortest, int median, int p95, int longest, long total) {
    /// What there is to say of some lengths; nothing if there are none.
    static Optional<Lengths> of(IntList lengths) {
        int[] sorted = lengths.toArray();
        if (sorted.length == 0) {
            return Optional.empty();
        }
        Arrays.sort(sorted);
        return Optional.of(new Lengths(
                sorted[0],
                quantile(sorted, 50),
                quantile(sorted, 95),
                sorted[sorted.length - 1],
                Arrays.stream(sorted).asLongStream().sum()));
    }

    /// The smallest that at least so many of a hundred do not exceed.
    private static int quantile(int[] sorted, int percent) {
        return sorted[(int) Math.ceilDiv((long) sorted.length * percent, 100) - 1];
    }
}
