package dev.stepwell.torch;

import dev.stepwell.core.io.DiskSpace;
import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.torch.checkpoint.Checkpoint;
import dev.stepwell.torch.checkpoint.CheckpointFiles;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import dev.stepwell.torch.checkpoint.Cursor;
import dev.stepwell.torch.checkpoint.LogEntry;
import dev.stepwell.torch.checkpoint.StepwellState;
import dev.stepwell.torch.model.FrozenWeights;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.optim.AdamW;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The model in memory and the checkpoints it comes from and goes to.
final class TrainedModel implements AutoCloseable {
    /// Steps that `trainer_state.json` remembers: enough to plot, too few to slow down a save after a year.
    private static final int KEPT_LOG_ENTRIES = 1_000;

    /// What [#open] gives: the model, and how it came about.
    record Opened(TrainedModel model, OpenedModel description) {}

    private final CheckpointStore store;
    private final CheckpointFiles files;
    private final InstantSource clock;
    private final LlamaModel model;
    private final AdamW optimizer;
    private final GradientWorkers workers;
    private final MicroBatchSize microBatchSize;
    private final Deque<LogEntry> logHistory = new ArrayDeque<>();

    /// Fingerprint of the model beside which adapters are trained; null where there is none.
    private final @Nullable String base;

    private long globalStep;
    private long seed;
    private @Nullable Cursor cursor;
    /// Where the weights are in files other than the cursor's, by file.
    private final Map<Long, Cursor> unfinished = new LinkedHashMap<>();

    private boolean ahead;
    private long savedStep;

    private TrainedModel(
            CheckpointStore store,
            CheckpointFiles files,
            InstantSource clock,
            LlamaModel model,
            @Nullable String base,
            int threads) {
        this.store = store;
        this.files = files;
        this.clock = clock;
        this.seed = files.config().seed();
        this.model = model;
        this.base = base;
        this.optimizer = new AdamW(model.parameters(), files.config().weightDecay());
        this.microBatchSize = MicroBatchSize.of(files.config(), model.parameterCount());
        this.workers = new GradientWorkers(
                model, files.config().compute(), threads, files.tokenizer().padding());
    }

    /// Loads the newest valid checkpoint, or makes the model that `files` say it begins as.
    ///
    /// @throws TrainerUnavailableException if there are checkpoints but none can be used, or the
    ///                                     tokenizer or the configuration does not fit
    static Opened open(CheckpointStore store, CheckpointFiles files, InstantSource clock, int threads) {
        try {
            store.recover();
            CheckpointStore.Found found = store.newestValid();
            Checkpoint newest = found.newest();
            if (newest == null && !found.passedOver().isEmpty()) {
                throw new TrainerUnavailableException(
                        "None of the checkpoints is valid (%s). Restore one from a snapshot, or move current_model away to begin with a new model."
                                .formatted(String.join("; ", found.passedOver())));
            }
            ModelSource source = files.source();
            String base = fingerprint(source);
            SourceMatch.require(source, base, newest);
            ModelConfig shape = newest == null || newest.model() == null ? source.shape() : newest.model();
            TokenizerMatch.require(files, shape, newest);
            requireRoom(files.config(), shape);
            Compute compute = files.config().compute();
            TorchRuntime.require(compute.hardware());
            TrainedModel model = new TrainedModel(
                    store,
                    files,
                    clock,
                    model(source, shape, compute),
                    base,
                    compute.hardware().wide() ? 1 : threads);
            try {
                model.restore(newest);
            } catch (IOException | RuntimeException e) {
                model.close();
                throw e;
            }
            return new Opened(
                    model,
                    new OpenedModel(
                            model.globalStep, model.model.parameters().layout().parameterCount(), found.passedOver()));
        } catch (IOException e) {
            throw new TrainerUnavailableException("The model cannot be loaded: " + e.getMessage(), e);
        }
    }

    private static @Nullable String fingerprint(ModelSource source) throws IOException {
        return source instanceof ModelSource.Pretrained(var pretrained, LoraConfig lora) && lora != null
                ? pretrained.fingerprint()
                : null;
    }

    private static void requireRoom(TrainerConfig config, ModelConfig shape) {
        if (config.maxLength() > shape.maxPositionEmbeddings()) {
            throw new TrainerUnavailableException(
                    "max_length is %d, but the model takes no more than max_position_embeddings %d. Lower max_length."
                            .formatted(config.maxLength(), shape.maxPositionEmbeddings()));
        }
    }

    private static LlamaModel model(ModelSource source, ModelConfig shape, Compute compute) throws IOException {
        Hardware hardware = compute.hardware();
        if (!(source instanceof ModelSource.Pretrained(var pretrained, LoraConfig lora)) || lora == null) {
            return new LlamaModel(shape, Parameters.zeros(shape, hardware), compute.dtype());
        }
        LlamaModel model = new LlamaModel(
                shape,
                FrozenWeights.zeros(shape, compute.dtype(), hardware),
                lora,
                Parameters.adapters(shape, lora, hardware));
        try {
            pretrained.readInto(model.frozen().named());
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private void restore(@Nullable Checkpoint checkpoint) throws IOException {
        logHistory.clear();
        unfinished.clear();
        if (checkpoint == null) {
            seed = files.config().seed();
            begin();
            optimizer.reset();
            globalStep = 0;
            cursor = null;
        } else {
            CheckpointFiles.load(checkpoint, model.parameters(), optimizer);
            seed = checkpoint.state().seed();
            globalStep = checkpoint.globalStep();
            cursor = checkpoint.state().cursor();
            checkpoint.state().unfinished().forEach(c -> unfinished.put(c.fileId(), c));
            checkpoint.logHistory().forEach(this::remember);
        }
        ahead = false;
        savedStep = globalStep;
    }

    /// The weights before the first step.
    private void begin() throws IOException {
        Parameters parameters = model.parameters();
        switch (files.source()) {
            case ModelSource.Scratch _ -> parameters.initialize(model.config().initializerRange(), seed);
            case ModelSource.Pretrained pretrained -> {
                if (pretrained.lora() == null) {
                    pretrained.model().readInto(parameters.named(parameters.values()));
                } else {
                    parameters.initializeAdapters(seed);
                }
            }
        }
    }

    LlamaModel model() {
        return model;
    }

    /// Gradients of these weights.
    ///
    /// @param listener told when memory is short
    GradientAccumulation gradients(TrainingListener listener) {
        return new GradientAccumulation(workers, microBatchSize, listener);
    }

    /// A step on these weights along `gradients`, which are theirs.
    OptimizerStep optimizerStep(GradientAccumulation gradients) {
        return new OptimizerStep(
                model.parameters(), optimizer, gradients, files.config().maxGradNorm());
    }

    /// Steps the weights in memory have behind them.
    long globalStep() {
        return globalStep;
    }

    /// Where in the file `fileId` the weights on disk are, whatever they were trained on since; null if they
    /// contain nothing of it.
    @Nullable
    Cursor positionIn(long fileId) {
        if (cursor != null && cursor.fileId() == fileId) {
            return cursor;
        }
        Cursor before = unfinished.get(fileId);
        return before == null ? null : before.from(globalStep);
    }

    /// Whether the weights have moved since they were last on disk.
    boolean ahead() {
        return ahead;
    }

    /// Step of the weights that were last on disk.
    long savedStep() {
        return savedStep;
    }

    /// What the next checkpoint and `reserve` bytes beside it need, and what the disk has.
    ///
    /// @throws IOException if it cannot be asked
    DiskSpace space(long reserve) throws IOException {
        return store.space(files.bytes(model.parameters()) + reserve);
    }

    /// What the next step may draw follows from this, and this from the seed and the step alone: a run that goes on
    /// from a checkpoint draws what it would have drawn.
    long stepSeed() {
        return new SplittableRandom(seed + globalStep).nextLong();
    }

    /// The optimizer has done a step.
    void stepDone(LogEntry entry) {
        globalStep++;
        ahead = true;
        remember(entry);
    }

    private void remember(LogEntry entry) {
        if (logHistory.size() == KEPT_LOG_ENTRIES) {
            logHistory.removeFirst();
        }
        logHistory.addLast(entry);
    }

    /// Saves a checkpoint at `position` and makes it the one to roll back to.
    ///
    /// @throws IOException if it could not be written; the one before is as it was
    Path save(Cursor position) throws IOException {
        Map<Long, Cursor> others = new LinkedHashMap<>(unfinished);
        if (cursor != null && !cursor.completed()) {
            others.put(cursor.fileId(), cursor);
        }
        others.remove(position.fileId());
        StepwellState state = new StepwellState(
                StepwellState.SCHEMA_VERSION,
                globalStep,
                seed,
                RowOrder.NAME,
                position,
                clock.instant().toString(),
                List.copyOf(others.values()),
                base);
        Path directory = store.save(
                globalStep,
                (aside, points) -> files.write(aside, model, optimizer, state, List.copyOf(logHistory), points));
        cursor = position;
        unfinished.clear();
        unfinished.putAll(others);
        ahead = false;
        savedStep = globalStep;
        return directory;
    }

    /// Takes weights, optimizer and position back to the newest valid checkpoint, or to the new model if there is
    /// none.
    ///
    /// @return the step they have then
    /// @throws TrainerUnavailableException if not even that can be loaded
    long rollBack() {
        try {
            restore(store.newestValid().newest());
            return globalStep;
        } catch (IOException e) {
            throw new TrainerUnavailableException("The last checkpoint cannot be loaded: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        workers.close();
        optimizer.close();
        model.close();
    }
}
