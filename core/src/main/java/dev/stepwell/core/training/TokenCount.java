package dev.stepwell.core.training;

/// What one pass over a file computes.
///
/// @param tokens       of its usable rows
/// @param padding      that is computed beside them
/// @param paddingSaved that would be computed beyond that, were every row filled up to the longest of its micro-batch
public record TokenCount(long tokens, long padding, long paddingSaved) {
    /// @throws IllegalArgumentException if one is negative
    public TokenCount {
        if (tokens < 0 || padding < 0 || paddingSaved < 0) {
            throw new IllegalArgumentException(
                    "%d tokens, %d of padding, %d saved".formatted(tokens, padding, paddingSaved));
        }
    }

    /// The share that is saved of all that would be computed, 0 to 1.
    public double savedShare() {
        long filledUp = tokens + padding + paddingSaved;
        return filledUp == 0 ? 0 : (double) paddingSaved / filledUp;
    }

    /// The two of them together.
    public TokenCount plus(TokenCount other) {
        return new TokenCount(tokens + other.tokens, padding + other.padding, paddingSaved + other.paddingSaved);
    }
}
