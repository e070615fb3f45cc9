package dev.stepwell.torch.model;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// The mean entropy of the next token's distribution, `−Σ p log p` in nats, over some of the positions that
/// pass through the head. May be added to by several threads.
///
/// The scores are there anyway; what costs is to look at all of them, so one position in [#STRIDE] is looked
/// at.
public final class EntropySample {
    static final long STRIDE = 8;

    private double sum;
    private long positions;

    /// Takes account of scores.
    ///
    /// @param scores `[n, vocabulary]`; left as they are, and not followed
    void add(Tensor scores) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor some = scores.detach().slice(0, new LongOptional(), new LongOptional(), STRIDE);
            double entropy = torch.special_entr(some.softmax(1)).sum().item_double();
            long count = some.size(0);
            synchronized (this) {
                sum += entropy;
                positions += count;
            }
        }
    }

    /// Forgets what was added.
    public synchronized void clear() {
        sum = 0;
        positions = 0;
    }

    /// Null before any position, and where it is not finite.
    public synchronized @Nullable Double mean() {
        double mean = sum / positions;
        return Double.isFinite(mean) ? (Double) mean : null;
    }
}
