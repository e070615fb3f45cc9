package dev.stepwell.bench;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.DataSettings;
import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl.Signal;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import dev.stepwell.torch.model.RowLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What packing does for speed: the default model trains the same file with rows packed and padded by turns, beginning
/// anew each time, and medians are compared. The argument is a base directory whose inbox has a file, else one of the
/// demo's is trained.
public final class PackingSpeed {
    private static final int ROUNDS = 5;
    /// Steps of each training that are not measured: the first of all compile.
    private static final int WARM_UP = 5;

    private final BaseDirectory base;
    private final Config config;
    private final Path file;

    private PackingSpeed(BaseDirectory base, Config config, Path file) {
        this.base = base;
        this.config = config;
        this.file = file;
    }

    /// Prints the speed with either layout.
    public static void main(String[] args) throws IOException {
        try (BenchPlace place = args.length == 0 ? new BenchPlace() : new BenchPlace(Path.of(args[0]))) {
            if (args.length == 0) {
                place.drop(1, 118 * 16);
            }
            try (var files = Files.list(place.base().inbox())) {
                Path file = files.sorted().findFirst().orElseThrow();
                new PackingSpeed(place.base(), place.config(), file).run();
            }
        }
    }

    private void run() throws IOException {
        Map<RowLayout, List<Double>> rates = new EnumMap<>(RowLayout.class);
        for (int round = 0; round < ROUNDS; round++) {
            for (RowLayout layout : RowLayout.values()) {
                rates.computeIfAbsent(layout, _ -> new ArrayList<>()).add(rate(layout));
            }
        }
        System.out.println(file.getFileName());
        rates.forEach((layout, each) -> System.out.printf(
                Locale.ROOT,
                "  %-8s %,.0f tokens/s (%,.0f to %,.0f)%n",
                layout.name().toLowerCase(Locale.ROOT),
                each.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow(),
                each.stream().min(Double::compare).orElseThrow(),
                each.stream().max(Double::compare).orElseThrow()));
    }

    private double rate(RowLayout layout) throws IOException {
        TrainerConfig d = TrainerSettings.trainer(config);
        TrainerConfig training = new TrainerConfig(
                d.batchSize(),
                d.gradientAccumulation(),
                1,
                d.learningRate(),
                d.warmupSteps(),
                d.weightDecay(),
                d.maxGradNorm(),
                0,
                0,
                0,
                d.maxLength(),
                d.maxOutputTokens(),
                d.seed(),
                d.heldOutPercent(),
                d.threads(),
                new Compute(
                        d.compute().dtype(),
                        d.compute().gradientCheckpointing(),
                        layout,
                        d.compute().hardware()));
        Path tokenizerJson = DefaultTokenizer.install(Files.createTempDirectory(base.root(), "tokenizer-"));
        Rate rate = new Rate();
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(tokenizerJson);
                TorchTrainer trainer = new TorchTrainer(
                        TorchRuntime.load(),
                        training,
                        TrainerSettings.source(config, Optional.empty(), tokenizer.vocabSize()),
                        new JsonlDataReader(DataSettings.rows(config, base.root(), tokenizer), FieldMapping.NONE),
                        tokenizer,
                        new CheckpointStore(Files.createTempDirectory(base.root(), "model-")),
                        tokenizerJson,
                        InstantSource.system())) {
            trainer.open(_ -> {});
            TrainingOutcome outcome = trainer.train(
                    new TrainingJob(1, file.getFileName().toString(), file, new RowLedger(0, 0, 0, 0, List.of())),
                    rate::on,
                    () -> Signal.CONTINUE);
            if (!(outcome instanceof TrainingOutcome.Completed)) {
                throw new IllegalStateException(outcome.toString());
            }
        }
        return rate.tokens / (rate.nanos / 1e9);
    }

    private static final class Rate {
        private long tokens;
        private long nanos;

        void on(TrainingEvent event) {
            if (event instanceof StepCompleted step && step.batchStep() > WARM_UP) {
                tokens += step.tokens();
                nanos += step.nanos();
            }
        }
    }
}
