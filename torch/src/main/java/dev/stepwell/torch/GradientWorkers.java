package dev.stepwell.torch;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.model.BackwardPass;
import dev.stepwell.torch.model.EntropySample;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.RowLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/// Forward and backward passes over the rows of a micro-batch, shared out among threads.
///
/// ```
///  rows ── RowShares ─┬─→ training thread, model     ─→ gradients ─┐
///                     └─→ worker 1, replica 1        ─→ gradients ─┴─ added in this order
/// ```
///
/// A small model's matrices are too small to be worth splitting inside an operation: whole rows are shared out
/// instead, and each thread runs its operations alone. Replicas read the same weights and have gradients of their
/// own; nobody writes weights meanwhile. Sums are taken in a fixed order, so that the same rows give the same bits
/// every time.
final class GradientWorkers implements AutoCloseable {
    private final List<LlamaModel> models = new ArrayList<>();
    private final ExecutorService pool;
    private final BackwardPass pass;
    private final RowShares shares;
    private final int threads;
    private final RowLayout layout;
    private final int padding;

    /// Workers on `model`, which the caller keeps owning. The calling thread is one of them.
    ///
    /// @param compute how they compute
    /// @param threads at least 1
    GradientWorkers(LlamaModel model, Compute compute, int threads, int padding) {
        this.pass = BackwardPass.of(compute);
        this.layout = compute.layout();
        this.shares = model.hardware().wide()
                ? RowShares.together(layout)
                : new RowShares(threads, model.parameterCount(), layout);
        this.threads = threads;
        this.padding = padding;
        models.add(model);
        for (int i = 1; i < threads; i++) {
            models.add(model.replica());
        }
        pool = Executors.newFixedThreadPool(
                Math.max(1, threads - 1),
                Thread.ofPlatform().name("stepwell-gradient-", 1).daemon().factory());
    }

    /// Sets all gradients to 0.
    void reset() {
        try (var _ = new PointerScope()) {
            models.forEach(model -> model.parameters().gradients().zero_());
        }
    }

    /// Adds the gradients of `scale × ` the rows' summed loss.
    ///
    /// @param seed    from which follows what adapters drop
    /// @param entropy told of the scores on the way; null for nobody
    /// @return that loss; if it is not finite, the gradients are of no use
    double add(List<Example> rows, double scale, long seed, @Nullable EntropySample entropy) {
        List<List<List<Example>>> parts = shares.of(rows);
        int threadsEach = Math.max(1, threads / parts.size());
        List<Future<Double>> others = new ArrayList<>();
        long firstSeed = seed;
        for (int i = 1; i < parts.size(); i++) {
            LlamaModel replica = models.get(i);
            List<List<Example>> part = parts.get(i);
            firstSeed += parts.get(i - 1).size();
            long partSeed = firstSeed;
            others.add(pool.submit(() -> backward(replica, part, scale, threadsEach, partSeed, entropy)));
        }
        double loss;
        try {
            loss = backward(models.getFirst(), parts.getFirst(), scale, threadsEach, seed, entropy);
        } finally {
            // Even if this part failed: nobody may touch weights while another still reads them.
            others.forEach(GradientWorkers::awaitEnd);
        }
        for (Future<Double> other : others) {
            loss += result(other);
        }
        return loss;
    }

    /// Tokens that passes over `rows` compute, padding included.
    long tokensOf(List<Example> rows) {
        return switch (layout) {
            case PACKED -> layout.tokens(rows); // However they are shared out.
            case PADDED ->
                shares.of(rows).stream()
                        .flatMap(List::stream)
                        .mapToLong(layout::tokens)
                        .sum();
        };
    }

    /// Adds the replicas' gradients to the model's own.
    void reduce() {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            Tensor sum = models.getFirst().parameters().gradients();
            for (LlamaModel replica : models.subList(1, models.size())) {
                sum.add_(replica.parameters().gradients());
            }
        }
    }

    /// Runs passes one after the other, up to the first whose loss is not finite.
    private double backward(
            LlamaModel model,
            List<List<Example>> passes,
            double scale,
            int threadsEach,
            long seed,
            @Nullable EntropySample entropy) {
        torch.set_num_threads(threadsEach);
        double loss = 0;
        for (int i = 0; i < passes.size() && Double.isFinite(loss); i++) {
            model.beginPass(seed + i);
            try {
                loss += pass.add(model, MicroBatch.of(passes.get(i), layout, padding), scale, entropy);
            } finally {
                model.endPass();
            }
        }
        return loss;
    }

    private static void awaitEnd(Future<Double> future) {
        boolean interrupted = false;
        while (!future.isDone()) {
            try {
                future.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                break; // Told by result().
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// What a finished part measured, or what it threw, as it was thrown: its trace tells native from Java.
    private static double result(Future<Double> finished) {
        return switch (finished.state()) {
            case SUCCESS -> finished.resultNow();
            case FAILED -> {
                switch (finished.exceptionNow()) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    case Throwable e -> throw new IllegalStateException(e);
                }
            }
            case RUNNING, CANCELLED -> throw new IllegalStateException("a part is " + finished.state());
        };
    }

    @Override
    public void close() {
        pool.close();
        models.subList(1, models.size()).forEach(LlamaModel::close);
    }
}
