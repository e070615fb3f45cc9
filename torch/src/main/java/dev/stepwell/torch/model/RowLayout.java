package dev.stepwell.torch.model;

import dev.stepwell.data.chat.Example;
import java.util.List;

/// How rows of different lengths lie in one forward pass. What is learnt is the same either way.
public enum RowLayout {
    /// End to end, with nothing between them: every row is a sequence of its own, with positions from 0, and sees no
    /// other.
    PACKED {
        @Override
        public long tokens(List<Example> rows) {
            return rows.stream().mapToLong(row -> row.ids().length).sum();
        }
    },
    /// One below the other, filled up to the longest.
    PADDED {
        @Override
        public long tokens(List<Example> rows) {
            return (long) rows.size()
                    * rows.stream().mapToInt(row -> row.ids().length).max().orElse(0);
        }
    };

    /// Tokens that a pass over `rows` computes, padding included.
    public abstract long tokens(List<Example> rows);
}
