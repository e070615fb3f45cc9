package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.Eta;
import org.jspecify.annotations.Nullable;

/// `elapsed / done × left`, as Hugging Face's `Trainer` shows it in notebooks (`NotebookProgressBar`), by the clock.
///
/// A `Trainer` that goes on from a checkpoint counts the restored steps as done in its first update
/// (`ProgressCallback.on_train_begin` begins at 0, `on_step_end` adds `global_step − current_step`), while its clock
/// begins anew: with `restored`.
record AverageRule(boolean restored, Clock clock) implements Rule {
    AverageRule(boolean restored) {
        this(restored, new Clock());
    }

    private static final class Clock {
        private double millis;
    }

    @Override
    public void on(Drain.Entry entry, Standing standing) {
        clock.millis = entry.millis();
    }

    @Override
    public @Nullable Eta file(Standing standing) {
        return standing.doneHere() == 0
                ? null
                : eta(
                        clock.millis - standing.fileSince(),
                        restored ? standing.done() : standing.doneHere(),
                        standing.left());
    }

    @Override
    public @Nullable Eta drain(Standing standing) {
        return standing.drainDoneHere() == 0
                ? null
                : eta(
                        clock.millis - standing.drainSince(),
                        restored ? standing.drainDone() : standing.drainDoneHere(),
                        standing.drainLeft());
    }

    private static Eta eta(double millis, long done, long left) {
        return Rule.exactly(millis / 1e3 / done * left);
    }
}
