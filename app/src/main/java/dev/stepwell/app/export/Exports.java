package dev.stepwell.app.export;

import dev.stepwell.app.config.ExportSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.status.Recorder;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes what is measured for tools that people have: TensorBoard, and readers of LLaMA-Factory's log; and a log of
/// the model's answers.
///
/// **Concurrency.** The status thread puts down what it is told; the thread `exports` writes it about once a second. A
/// disk that hangs holds up nothing but this.
public final class Exports implements Recorder, StatusPublisher.Watcher, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
    private static final Duration PACE = Duration.ofSeconds(1);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

    private final List<Outlet> outlets;
    private final @Nullable Thread thread;
    private @Nullable StatusDocument latest; // The status thread's own.
    private volatile boolean closing;

    private Exports(List<Outlet> outlets) {
        this.outlets = outlets;
        this.thread = outlets.isEmpty()
                ? null
                : Thread.ofPlatform().daemon().name("exports").start(this::run);
    }

    /// Begins to write what `settings` ask for. Files are opened when there is something to write.
    ///
    /// @param board shows as an alert what cannot be written
    /// @param zone  in which days begin, and the start of a process is told
    public static Exports open(
            ExportSettings settings, BaseDirectory base, ProcessIdentity process, StatusBoard board, ZoneId zone) {
        List<Sink> sinks = new ArrayList<>();
        if (settings.tensorBoardBytes() > 0) {
            sinks.add(new TensorBoardLog(
                    base.logs(),
                    new TensorBoardRuns(base.logs().resolve("tensorboard"), settings.tensorBoardBytes()),
                    process,
                    zone,
                    settings.epochs()));
        }
        if (settings.trainerLogBytes() > 0) {
            sinks.add(new TrainerLog(base.logs(), settings.trainerLogBytes(), settings.epochs()));
        }
        if (settings.inferenceLogDays() > 0) {
            sinks.add(new InferenceLog(base.logs(), zone, settings.inferenceLogDays()));
        }
        return new Exports(sinks.stream().map(sink -> new Outlet(sink, board)).toList());
    }

    @Override
    public void published(StatusDocument document, boolean transition) {
        latest = document;
    }

    @Override
    public void fileStarted(Progress place, String name, Instant at) {
        add(new Measured.FileBegun(place, name, at));
    }

    @Override
    public void step(long globalStep, StepCompleted step, Instant at) {
        add(new Measured.Step(globalStep, step, secondsLeft(globalStep - step.batchStep()), at));
    }

    @Override
    public void scored(Evaluation evaluation, Instant at) {
        add(new Measured.Scored(evaluation, at));
    }

    @Override
    public void previewed(Preview preview, double accuracyPercent, Instant at) {
        add(new Measured.Previewed(preview, accuracyPercent, at));
    }

    private void add(Measured measured) {
        for (Outlet outlet : outlets) {
            outlet.add(measured);
        }
    }

    /// As the status file said it last, of the file that began at this step, so that no two displays disagree.
    private @Nullable Double secondsLeft(long baseStep) {
        StatusDocument seen = latest;
        if (seen == null || seen.derived().etaFile() == null) {
            return null;
        }
        Long itsBase = seen.derived().baseStep();
        return itsBase != null && itsBase == baseStep
                ? (Double) seen.derived().etaFile().seconds()
                : null;
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(this, PACE.toNanos());
            outlets.forEach(Outlet::write);
        }
    }

    /// Writes what is pending, and closes the files. Waits at most ten seconds for a disk that hangs.
    @Override
    public void close() {
        if (thread == null) {
            return;
        }
        closing = true;
        LockSupport.unpark(thread);
        try {
            if (!thread.join(CLOSE_PATIENCE)) {
                LOG.warn("The last measurements could not be exported within {}: the disk hangs.", CLOSE_PATIENCE);
                return;
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        outlets.forEach(Outlet::close);
    }
}
