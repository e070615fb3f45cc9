package dev.stepwell.data.rows;

/// Finds where an element of a list ends: what begins with a bracket, at the one that closes it; what begins with a
/// quote, at the next quote; anything else before what cannot be part of a word or number.
final class ElementEnd {
    private final boolean bare;
    private int depth;
    private boolean quoted;
    private boolean escaped;
    private boolean found;

    /// @param first byte of the element
    ElementEnd(byte first) {
        bare = first != '{' && first != '[' && first != '"';
    }

    boolean isFound() {
        return found;
    }

    /// Looks through `buffer[from..to)`, which goes on where the last call ended.
    ///
    /// @return behind the last byte of the element, or `to` if it is not among them
    int find(byte[] buffer, int from, int to) {
        if (bare) {
            return findBare(buffer, from, to);
        }
        int i = from;
        while (i < to && !found) {
            i = quoted ? findQuote(buffer, i, to) : findBracket(buffer, i, to);
        }
        return i;
    }

    private int findBare(byte[] buffer, int from, int to) {
        int i = from;
        while (i < to && !found) {
            byte next = buffer[i];
            found = next == ',' || next == ']' || next == '}' || ByteSource.isBlank(next);
            i += found ? 0 : 1;
        }
        return i;
    }

    /// Most bytes of a file are inside of quotes: this loop has nothing to do but to look for their end.
    private int findQuote(byte[] buffer, int from, int to) {
        int i = from;
        if (escaped) {
            escaped = false;
            i++;
        }
        while (i < to) {
            byte next = buffer[i++];
            if (next == '"') {
                quoted = false;
                found = depth == 0;
                return i;
            }
            if (next == '\\') {
                if (i == to) {
                    escaped = true;
                    return i;
                }
                i++;
            }
        }
        return i;
    }

    private int findBracket(byte[] buffer, int from, int to) {
        for (int i = from; i < to; i++) {
            switch (buffer[i]) {
                case '"' -> {
                    quoted = true;
                    return i + 1;
                }
                case '{', '[' -> depth++;
                case '}', ']' -> {
                    depth--;
                    if (depth == 0) {
                        found = true;
                        return i + 1;
                    }
                }
                default -> {}
            }
        }
        return to;
    }
}
