package dev.stepwell.bench;

import dev.stepwell.app.config.DaemonSettings;
import dev.stepwell.app.config.DataSettings;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.core.alerts.Alarms;
import dev.stepwell.core.alerts.AlertThresholds;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl.Signal;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.FileStarted;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What being watched costs training: steps/s and tokens/s of the default model without any observer; with board and
/// status file; and with somebody who reads and parses that file ten times a second besides. Goal: within 0.5 %
/// with all that Stepwell itself does.
///
/// All are measured in one process in blocks of steps that take turns, so that a machine that warms up or slows
/// down does so for all; the medians are compared.
public final class ObserverCost {
    private static final int BLOCK = 150;
    private static final int BLOCKS = 24;
    private static final Duration READS = Duration.ofMillis(100);

    private final BenchPlace place;
    private final StatusBoard board = new StatusBoard();
    private final Map<Mode, List<Double>> rates = new EnumMap<>(Mode.class);
    private Mode mode = Mode.UNWATCHED;
    private @Nullable StatusPublisher publisher;
    private @Nullable Thread reader;
    private long steps;
    private long tokens;
    private long blockStarted;

    private enum Mode {
        UNWATCHED,
        STATUS_FILE,
        STATUS_FILE_AND_READER;

        Mode next() {
            return switch (this) {
                case UNWATCHED -> STATUS_FILE;
                case STATUS_FILE -> STATUS_FILE_AND_READER;
                case STATUS_FILE_AND_READER -> UNWATCHED;
            };
        }
    }

    private ObserverCost(BenchPlace place) {
        this.place = place;
    }

    /// Prints both rates and their ratio.
    public static void main(String[] args) throws IOException {
        try (BenchPlace place = new BenchPlace()) {
            new ObserverCost(place).run();
        }
    }

    private void run() throws IOException {
        TrainerConfig d = TrainerSettings.trainer(place.config());
        // Nothing but steps: evaluation and saving would hide a difference of this size.
        TrainerConfig config = new TrainerConfig(
                d.batchSize(),
                d.gradientAccumulation(),
                d.epochs(),
                d.learningRate(),
                d.warmupSteps(),
                d.weightDecay(),
                d.maxGradNorm(),
                0,
                d.numEvalSamples(),
                Integer.MAX_VALUE,
                d.maxLength(),
                d.maxOutputTokens(),
                d.seed(),
                d.heldOutPercent(),
                d.threads(),
                d.compute());
        place.drop(1, (Mode.values().length * BLOCKS + 1) * BLOCK * config.rowsPerStep());
        Path file = place.base().inbox().resolve("syllo_batch_autogen_01.jsonl");
        Path tokenizerJson = DefaultTokenizer.install(place.base().currentModel());
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(tokenizerJson);
                TorchTrainer trainer = new TorchTrainer(
                        TorchRuntime.load(),
                        config,
                        TrainerSettings.source(place.config(), Optional.empty(), tokenizer.vocabSize()),
                        new JsonlDataReader(
                                DataSettings.rows(place.config(), place.base().root(), tokenizer), FieldMapping.NONE),
                        tokenizer,
                        new CheckpointStore(place.base().currentModel()),
                        tokenizerJson,
                        InstantSource.system())) {
            trainer.open(_ -> {});
            board.state(DaemonState.TRAINING);
            trainer.train(
                    new TrainingJob(1, "bench.jsonl", file, new RowLedger(0, 0, 0, 0, List.of())),
                    this::on,
                    () -> Signal.CONTINUE);
        }
        stopWatching();
        report();
    }

    private void on(TrainingEvent event) {
        if (event instanceof FileStarted started) {
            board.fileClaimed(
                    "bench.jsonl", 1_000, new Progress(0, 0, started.batchTotalSteps(), 1, 1), QueueCounts.NONE);
            board.on(started);
        }
        if (!(event instanceof StepCompleted step)) {
            return;
        }
        if (publisher != null) {
            board.on(step);
        }
        steps++;
        tokens += step.tokens();
        if (steps % BLOCK == 0) {
            endBlock();
        }
    }

    private void endBlock() {
        double rate = BLOCK / ((System.nanoTime() - blockStarted) / 1e9);
        long block = steps / BLOCK;
        if (block > 1) { // The first warms up.
            rates(mode).add(rate);
            mode = mode.next();
        }
        stopWatching();
        if (mode != Mode.UNWATCHED) {
            startWatching();
        }
        blockStarted = System.nanoTime();
    }

    private void startWatching() {
        publisher = new StatusPublisher(
                board,
                new ProcessIdentity(ProcessHandle.current().pid(), "bench", Instant.now()),
                DaemonSettings.from(place.config()).limits(),
                place.base().statusFile(),
                new Alarms(AlertThresholds.DEFAULT));
        if (mode == Mode.STATUS_FILE) {
            return;
        }
        reader = Thread.ofPlatform().daemon().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                StatusReader.read(place.base().statusFile());
                LockSupport.parkNanos(READS.toNanos());
            }
        });
    }

    private void stopWatching() {
        if (reader != null) {
            reader.interrupt();
            reader = null;
        }
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }

    private void report() {
        double plain = median(rates(Mode.UNWATCHED));
        double tokensPerStep = (double) tokens / steps;
        rates.forEach((each, measured) -> System.out.printf(
                Locale.ROOT,
                "%-22s %.2f steps/s, %,.0f tokens/s, %+.2f %%%n",
                each.name().toLowerCase(Locale.ROOT),
                median(measured),
                median(measured) * tokensPerStep,
                100 * (median(measured) - plain) / plain));
        System.out.printf("medians of %d blocks of %d steps each%n", BLOCKS, BLOCK);
    }

    private List<Double> rates(Mode of) {
        return rates.computeIfAbsent(of, _ -> new ArrayList<>());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
