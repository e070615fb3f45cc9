package dev.stepwell.bench;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.TrainingEvent.FileStarted;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What it costs the training thread to hand over one step, event object included. Goal: at most 100 ns.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PublishStepBenchmark {
    private static final long STEPS = Long.MAX_VALUE / 4;

    private final StatusBoard board = new StatusBoard();
    private long step;

    public PublishStepBenchmark() {
        board.fileClaimed("bench.jsonl", 1_000, new Progress(0, 0, STEPS, 1, 1), QueueCounts.NONE);
        board.on(new FileStarted(0, 0, STEPS));
    }

    @Benchmark
    public void publishStep() {
        step++;
        board.on(new StepCompleted(step, 0, 0.25, 2e-3, 1.0, 720, 35_000_000));
    }
}
