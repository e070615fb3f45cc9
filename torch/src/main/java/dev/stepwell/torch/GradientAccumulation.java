package dev.stepwell.torch;

import dev.stepwell.core.training.TokenCount;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.data.Gate;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.WorkEvent.Work;
import dev.stepwell.torch.model.EntropySample;
import dev.stepwell.torch.model.RowLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The gradients of some rows, added up micro-batch by micro-batch.
///
/// ```
///  none ─→ micro-batch ─→ micro-batch ─→ … ─→ gradients of all rows
///   ▲           │ out of memory
///   └───────────┘ with half the rows to a micro-batch, and so twice as many of them
/// ```
///
/// Weights are only read here, so that beginning anew repeats nothing. When it begins anew, nothing native is
/// left of the attempt that failed: every pass frees what it took, however it ends.
final class GradientAccumulation {
    private static final Logger LOG = LoggerFactory.getLogger(GradientAccumulation.class);

    private final GradientWorkers workers;
    private final MicroBatchSize size;
    private final TrainingListener listener;

    /// @param listener told when micro-batches become smaller
    GradientAccumulation(GradientWorkers workers, MicroBatchSize size, TrainingListener listener) {
        this.workers = workers;
        this.size = size;
        this.listener = listener;
    }

    /// Leaves the gradients of the mean loss over the rows' targets in the model.
    ///
    /// @param seed from which follows what adapters drop
    /// @param gate asked before each micro-batch
    /// @return that loss, and if it is not finite, the gradients are of no use; null if the gate did not open
    /// @throws E what the gate throws
    <E extends Exception> @Nullable Double run(List<Example> rows, long seed, Gate<E> gate) throws E {
        return run(rows, seed, gate, null);
    }

    /// The same.
    ///
    /// @param entropy afterwards that of the rows' scores; null if nobody wants to know
    <E extends Exception> @Nullable Double run(
            List<Example> rows, long seed, Gate<E> gate, @Nullable EntropySample entropy) throws E {
        while (true) {
            try {
                if (entropy != null) {
                    entropy.clear();
                }
                return attempt(rows, seed, gate, entropy);
            } catch (RuntimeException | OutOfMemoryError e) {
                int tried = size.split(rows).stream().mapToInt(List::size).max().orElseThrow();
                int left = NativeErrors.isOutOfMemory(e) ? size.halve(tried) : 0;
                if (left == 0) {
                    throw e;
                }
                LOG.warn(
                        "out of memory with {} rows in a micro-batch; going on with {}, until this process ends: {}",
                        tried,
                        left,
                        NativeErrors.firstLine(e));
                if (size.isShort()) {
                    listener.on(new TrainingEvent.MicroBatchHalved(tried, left));
                }
            }
        }
    }

    private <E extends Exception> @Nullable Double attempt(
            List<Example> rows, long seed, Gate<E> gate, @Nullable EntropySample entropy) throws E {
        double targets =
                rows.stream().mapToInt(row -> row.targets().cardinality()).sum();
        workers.reset();
        SplittableRandom seeds = new SplittableRandom(seed);
        double loss = 0;
        for (List<Example> batch : size.split(rows)) {
            if (!gate.opens()) {
                return null;
            }
            loss += workers.add(batch, 1 / targets, seeds.nextLong(), entropy);
            if (!Double.isFinite(loss)) {
                return loss;
            }
        }
        WorkEvent adding = WorkEvent.begin(Work.OPTIMIZER);
        workers.reduce();
        adding.commit();
        return loss;
    }

    /// What the passes over the rows of a step compute.
    TokenCount tokensOf(List<Example> rows) {
        TokenCount sum = new TokenCount(0, 0, 0);
        for (List<Example> batch : size.split(rows)) {
            long tokens = RowLayout.PACKED.tokens(batch);
            long computed = workers.tokensOf(batch);
            sum = sum.plus(new TokenCount(tokens, computed - tokens, RowLayout.PADDED.tokens(batch) - computed));
        }
        return sum;
    }

    /// Sends the heaviest micro-batch of a file through the model and back and forgets its gradients, so that a
    /// want of memory shows now and not when its turn comes. Costs nothing where one as heavy went through
    /// before.
    ///
    /// @throws E what the gate throws
    <E extends Exception> void warmUp(List<Example> file, Gate<E> gate) throws E {
        List<Example> batch = size.heaviest(file);
        if (size.hasFitted(batch)) {
            return;
        }
        Double loss = run(batch, 0, gate);
        // What is not finite is named by the step that meets it; there was no backward pass to learn from.
        if (loss != null && Double.isFinite(loss)) {
            size.fitted(size.heaviest(batch)); // Of as many rows as they have become.
        }
    }
}
