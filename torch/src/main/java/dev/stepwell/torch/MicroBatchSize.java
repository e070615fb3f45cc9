package dev.stepwell.torch;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.RowLayout;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How many rows go through the model at once: as many as configured, until memory is short, and fewer from then
/// on. Where so few would keep the hardware waiting for calls, several micro-batches of a step are joined.
///
/// ```
///  configured 2:   ▬▬ ▭▭ | ▪▪ ▬▬ | ▭▭▭▭ ▬▬
///  joined:         ▬▬ ▭▭   ▪▪ ▬▬ | ▭▭▭▭ ▬▬        no more than the limit of tokens
/// ```
///
/// Shortage stays until the process ends: what did not fit once would not fit again, and each attempt costs a pass.
final class MicroBatchSize {
    /// Work of a pass, in products of tokens and parameters, beside which the calls are few on wide hardware: a card
    /// computes it in about as long as the thousands of calls of a pass take.
    private static final long WORTH_A_PASS_WIDE = 4_000_000_000_000L;

    private final RowLayout layout;
    private final int configured;
    private int rows;
    private long joinedTokens;
    private long heaviest;

    /// @param layout       of a pass
    /// @param joinedTokens that micro-batches may have which are joined; 0 to join none
    MicroBatchSize(int configured, RowLayout layout, long joinedTokens) {
        this.layout = layout;
        this.joinedTokens = joinedTokens;
        this.configured = configured;
        rows = configured;
    }

    /// What `config` says, for a model of so many parameters.
    static MicroBatchSize of(TrainerConfig config, long parameters) {
        Compute compute = config.compute();
        long joined = compute.hardware().wide() ? WORTH_A_PASS_WIDE / parameters : 0;
        return new MicroBatchSize(config.batchSize(), compute.layout(), joined);
    }

    /// The rows of a step, micro-batch by micro-batch.
    List<List<Example>> split(List<Example> step) {
        List<List<Example>> batches = new ArrayList<>();
        for (int from = 0, to = 0; from < step.size(); from = to) {
            to = Math.min(step.size(), from + rows);
            while (to < step.size()) {
                int more = Math.min(step.size(), to + rows);
                if (layout.tokens(step.subList(from, more)) > joinedTokens) {
                    break;
                }
                to = more;
            }
            batches.add(step.subList(from, to));
        }
        return batches;
    }

    /// Takes half of what was too much, and joins nothing any more.
    ///
    /// @param tried rows that did not fit
    /// @return rows that are tried from now on; 0 if there is nothing less: one row is the least
    int halve(int tried) {
        if (tried == 1) {
            return 0;
        }
        rows = Math.ceilDiv(tried, 2);
        joinedTokens = 0;
        return rows;
    }

    /// Whether fewer rows go through at once than was configured: joining fewer is nothing to tell a user.
    boolean isShort() {
        return rows < configured;
    }

    /// The micro-batch of `examples`, at least one, that takes the most memory: its longest rows.
    List<Example> heaviest(List<Example> examples) {
        List<Example> byLength = examples.stream()
                .sorted(Comparator.comparingInt((Example row) -> row.ids().length)
                        .reversed())
                .toList();
        int count = Math.min(rows, byLength.size());
        while (count < byLength.size() && layout.tokens(byLength.subList(0, count + 1)) <= joinedTokens) {
            count++;
        }
        return byLength.subList(0, count);
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
