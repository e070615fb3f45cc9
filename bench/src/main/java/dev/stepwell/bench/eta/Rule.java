package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.Eta;
import org.jspecify.annotations.Nullable;

/// A way to tell the time left. It hears each line of a drain, in order.
interface Rule {
    /// Something happened, after which the drain stands at `standing`. A new process begins with [DrainLine.Boot], and
    /// knows nothing of those before but what it is told.
    void on(Drain.Entry entry, Standing standing);

    /// Time left of the file whose turn it is; null while the rule does not tell.
    @Nullable
    Eta file(Standing standing);

    /// Time left of all that is known to wait, too; likewise.
    @Nullable
    Eta drain(Standing standing);

    /// A time left without a range.
    static Eta exactly(double seconds) {
        return new Eta(seconds, seconds, seconds);
    }
}
