package dev.stepwell.torch;

import dev.stepwell.core.status.Failure;
import dev.stepwell.core.training.FailureType;
import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.StepControl.Signal;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.data.DataReader;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.WorkEvent.Work;
import dev.stepwell.torch.checkpoint.CheckpointFiles;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import dev.stepwell.torch.checkpoint.Cursor;
import dev.stepwell.torch.evaluation.EvaluationConfig;
import dev.stepwell.torch.evaluation.Examiner;
import dev.stepwell.torch.generation.ModelProbe;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Trains a Llama-shaped model on libtorch, in this process.
///
/// Interrupted equals uninterrupted: on a CPU, with the same number of threads, the weights after a stop or a kill and
/// a continuation are bit for bit those of a run that was left alone, because everything a step depends on is in the
/// checkpoint before it (weights, moments, position) or follows from it (row order, learning rate).
///
/// What native code throws leaves this class as a named failure.
public final class TorchTrainer implements Trainer {
    private final TorchRuntime.Loading natives;
    private final TrainerConfig config;
    private final DataReader reader;
    private final Tokenizer tokenizer;
    private final CheckpointStore store;
    private final CheckpointFiles files;
    private final InstantSource clock;
    private final EvaluationConfig evaluation;
    private @Nullable TrainedModel opened;
    private @Nullable Examiner examiner;

    /// A trainer that asks nothing but previews.
    public TorchTrainer(
            TorchRuntime.Loading natives,
            TrainerConfig config,
            ModelSource source,
            DataReader reader,
            Tokenizer tokenizer,
            CheckpointStore store,
            @Nullable Path tokenizerJson,
            InstantSource clock) {
        this(natives, config, source, reader, tokenizer, store, tokenizerJson, clock, EvaluationConfig.NONE);
    }

    /// A trainer of the model in `store`. Nothing is loaded before [#open].
    ///
    /// @param natives       what [#open] waits for; begun early, so that others use the time
    /// @param source        the model before its first step
    /// @param store         where its checkpoints are; never emptied here
    /// @param tokenizerJson copied into each checkpoint; null for none
    /// @param evaluation    what the model is asked
    public TorchTrainer(
            TorchRuntime.Loading natives,
            TrainerConfig config,
            ModelSource source,
            DataReader reader,
            Tokenizer tokenizer,
            CheckpointStore store,
            @Nullable Path tokenizerJson,
            InstantSource clock,
            EvaluationConfig evaluation) {
        this.evaluation = evaluation;
        this.natives = natives;
        this.config = config;
        this.reader = reader;
        this.tokenizer = tokenizer;
        this.clock = clock;
        this.store = store;
        this.files = new CheckpointFiles(config, tokenizer, tokenizerJson, source);
    }

    @Override
    public OpenedModel open(TrainingListener listener) {
        if (opened != null) {
            throw new IllegalStateException("already open");
        }
        listener.on(new TrainingEvent.PhaseChanged(Phase.LOADING));
        TorchRuntime runtime = TorchRuntime.start(natives, config.threads());
        TrainedModel.Opened result = TrainedModel.open(store, files, clock, runtime.threads());
        opened = result.model();
        examiner = new Examiner(evaluation, opened.model(), tokenizer);
        return result.description();
    }

    @Override
    public TrainingOutcome train(TrainingJob job, TrainingListener listener, StepControl control) {
        TrainedModel trained = requireOpen();
        if (trained.ahead()) { // The last file's end could not be saved.
            long from = trained.globalStep();
            listener.on(new TrainingEvent.RolledBack(from, trained.rollBack(), "its checkpoint could not be saved"));
        }
        listener.on(new TrainingEvent.PhaseChanged(Phase.PREPARING));
        Cursor cursor = trained.positionIn(job.fileId());
        HoldOut holdOut = cursor == null ? config.holdOut() : cursor.holdOut();
        TrainingData data;
        WorkEvent reading = WorkEvent.begin(Work.READ);
        try {
            data = opens(control) ? reader.read(job.path(), holdOut, () -> opens(control)) : null;
        } catch (IOException e) {
            return failed(
                    job.counted(),
                    e instanceof NoSuchFileException ? FailureType.FILE_MISSING : FailureType.FILE_UNREADABLE,
                    "%s cannot be read: %s".formatted(job.name(), e));
        }
        reading.commit();
        if (data == null) {
            return unread(job, trained, control);
        }
        RowLedger ledger = data.ledger();
        listener.on(new TrainingEvent.FileRead(ledger));
        int usable = data.examples().size();
        if (usable == 0 && ledger.heldOut() == 0) {
            return failed(
                    ledger,
                    FailureType.NO_USABLE_ROWS,
                    "%s has %d rows, and none can be trained".formatted(job.name(), ledger.rows()));
        }
        FilePlan plan;
        if (cursor == null) {
            plan = new FilePlan(job.fileId(), job.name(), trained.globalStep(), usable, config);
        } else if (cursor.completed()) {
            listener.on(new TrainingEvent.FileStarted(cursor.baseStep(), cursor.batchStep(), cursor.batchTotalSteps()));
            return new TrainingOutcome.Completed(ledger.trained(cursor.rowsTrained()), trained.globalStep());
        } else if (cursor.usableRows() != usable) {
            return failed(
                    ledger.trained(cursor.rowsTrained()),
                    FailureType.FILE_CHANGED,
                    "%s has %d usable rows, but had %d when its first %d rows were trained. Drop it again to train it from its beginning."
                            .formatted(job.name(), usable, cursor.usableRows(), cursor.rowsTrained()));
        } else {
            plan = new FilePlan(cursor, config);
        }
        ModelProbe probe = new ModelProbe(
                trained.model(),
                tokenizer,
                config.maxOutputTokens(),
                evaluation.judges().of(job.name()));
        return train(new FileTraining(
                config, trained, data, plan, probe, Objects.requireNonNull(examiner), listener, control));
    }

    /// Nothing moves the weights while a file is read, so that a pause there has nothing to save.
    private static boolean opens(StepControl control) {
        Signal signal = control.signal();
        while (signal == Signal.PAUSE) {
            control.hold();
            signal = control.signal();
        }
        return signal == Signal.CONTINUE; // Asked once: a pause that comes meanwhile is no stop.
    }

    private static TrainingOutcome unread(TrainingJob job, TrainedModel trained, StepControl control) {
        Cursor cursor = trained.positionIn(job.fileId());
        long before = cursor == null ? 0 : cursor.rowsTrained();
        RowLedger ledger = job.counted().trained(before);
        return control.signal() == Signal.SKIP
                ? new TrainingOutcome.Skipped(ledger, trained.globalStep())
                : new TrainingOutcome.Interrupted(ledger, trained.globalStep());
    }

    private static TrainingOutcome train(FileTraining training) {
        try {
            return training.run();
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = NativeErrors.translate(e).orElse(null);
            if (failure == null) {
                throw e;
            }
            return training.failed(failure);
        }
    }

    /// Measures the model as it is now. To be used by the training thread, while the trainer is open.
    public ModelProbe probe() {
        return new ModelProbe(requireOpen().model(), tokenizer, config.maxOutputTokens());
    }

    private TrainingOutcome failed(RowLedger ledger, FailureType type, String message) {
        return new TrainingOutcome.Failed(
                ledger, type.word(), message, requireOpen().globalStep());
    }

    private TrainedModel requireOpen() {
        if (opened == null) {
            throw new IllegalStateException("not open");
        }
        return opened;
    }

    @Override
    public void close() {
        if (opened != null) {
            opened.close();
            opened = null;
        }
    }
}
