package dev.stepwell.torch;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.RowLayout;
import java.util.Comparator;
import java.util.List;

/// How many rows go through the model at once: as many as configured, until memory is short, and fewer from then
/// on.
///
/// It stays so until the process ends: what did not fit once would not fit again, and each attempt costs a pass.
final class MicroBatchSize {
    private final RowLayout layout;
    private int rows;
    private long heaviest;

    /// @param layout of a pass
    MicroBatchSize(int configured, RowLayout layout) {
        this.layout = layout;
        rows = configured;
    }

    int rows() {
        return rows;
    }

    /// Takes half of what was too much.
    ///
    /// @param tried rows that did not fit
    /// @return whether that is possible: one row is the least
    boolean halve(int tried) {
        if (tried == 1) {
            return false;
        }
        rows = Math.ceilDiv(tried, 2);
        return true;
    }

    /// The micro-batch of `examples`, at least one, that takes the most memory: its longest rows.
    List<Example> heaviest(List<Example> examples) {
        return examples.stream()
                .sorted(Comparator.comparingInt((Example row) -> row.ids().length)
                        .reversed())
                .limit(rows)
                .toList();
    }

    /// Whether a micro-batch as heavy as this one has fitted before in this process.
    boolean hasFitted(List<Example> batch) {
        return layout.tokens(batch) <= heaviest;
    }

    /// This micro-batch went through the model and back.
    void fitted(List<Example> batch) {
        heaviest = Math.max(heaviest, layout.tokens(batch));
    }
}
