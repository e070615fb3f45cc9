package dev.stepwell.core.progress;

import java.math.BigInteger;

/// Whole percentages that never flatter: floored, so that 100 means all of it.
public final class Percent {
    private Percent() {}

    /// The share `done / total` in whole percent, rounded down: 89 of 118 is 75, 115 of 118 is 97.
    ///
    /// @param done  from 0 to `total`
    /// @param total at least 1
    /// @throws IllegalArgumentException if either is out of its range
    public static int floored(long done, long total) {
        if (total < 1 || done < 0 || done > total) {
            throw new IllegalArgumentException(
                    "no percentage of %d/%d: 0 <= done <= total, total >= 1".formatted(done, total));
        }
        if (done <= Long.MAX_VALUE / 100) {
            return (int) (done * 100 / total);
        }
        return BigInteger.valueOf(done)
                .multiply(BigInteger.valueOf(100))
                .divide(BigInteger.valueOf(total))
                .intValueExact();
    }
}
