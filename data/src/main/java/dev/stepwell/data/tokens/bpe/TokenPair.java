package dev.stepwell.data.tokens.bpe;

import java.util.Comparator;

/// Two tokens beside each other.
///
/// @param left  id of the first
/// @param right id of the second
record TokenPair(int left, int right) implements Comparable<TokenPair> {
    private static final Comparator<TokenPair> ORDER =
            Comparator.comparingInt(TokenPair::left).thenComparingInt(TokenPair::right);

    @Override
    public int compareTo(TokenPair other) {
        return ORDER.compare(this, other);
    }
}
