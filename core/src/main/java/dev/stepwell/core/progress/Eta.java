package dev.stepwell.core.progress;

/// Time left, in seconds, with the range in which the truth is expected.
///
/// `0 ≤ low ≤ seconds ≤ high`.
public record Eta(double seconds, double low, double high) {
    /// @throws IllegalArgumentException if the three are not finite, not negative and in order
    public Eta {
        if (!(0 <= low && low <= seconds && seconds <= high) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("eta %s is not within %s .. %s".formatted(seconds, low, high));
        }
    }
}
