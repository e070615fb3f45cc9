package dev.stepwell.bench;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigFile;
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
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.WorkEvent;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import dev.stepwell.torch.pretrained.PretrainedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordingStream;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Speed and memory of a fine-tune, and what of the time goes where: `bench/adapter-speed.sh` runs it beside the same
/// training with transformers and peft.
///
/// The arguments are a base directory with a `config.json`, a file, and how many of its steps warm up. Prints one JSON
/// object. Seconds of a kind of work are those of all threads, divided by their number; a graphics card computes behind
/// them, and only their sum says what it took. Linux only.
public final class AdapterSpeed {
    private final long warmUpSteps;
    private final Queue<Stretch> stretches = new ConcurrentLinkedQueue<>();
    private long steps;
    private long tokens;
    private double lossSum;
    private Instant warm = Instant.MAX;
    private Instant end = Instant.MAX;

    private record Stretch(String work, Instant began, Duration took, String thread) {}

    private record Result(
            String what,
            String device,
            String dtype,
            boolean checkpointing,
            double tokensPerSec,
            Map<String, Double> seconds,
            long peakRssMb,
            double trainLoss) {}

    private AdapterSpeed(long warmUpSteps) {
        this.warmUpSteps = warmUpSteps;
    }

    /// Trains the file, without a queue or a status.
    public static void main(String[] args) throws IOException, InterruptedException {
        new AdapterSpeed(Long.parseLong(args[2])).run(new BaseDirectory(Path.of(args[0])), Path.of(args[1]));
    }

    private void run(BaseDirectory base, Path file) throws IOException, InterruptedException {
        Config config = ConfigFile.loadOrCreate(base.config());
        TrainerConfig training = TrainerSettings.trainer(config);
        PretrainedModel model = TrainerSettings.pretrained(config, base.root()).orElseThrow();
        Path tokenizerJson = model.folder().resolve(PretrainedModel.TOKENIZER);
        try (RecordingStream events = new RecordingStream();
                HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(tokenizerJson);
                TorchTrainer trainer = new TorchTrainer(
                        TorchRuntime.load(),
                        training,
                        TrainerSettings.source(config, Optional.of(model), tokenizer.vocabSize()),
                        new JsonlDataReader(DataSettings.rows(config, base.root(), tokenizer), FieldMapping.NONE),
                        tokenizer,
                        new CheckpointStore(base.currentModel()),
                        tokenizerJson,
                        InstantSource.system())) {
            events.enable(WorkEvent.NAME).withoutThreshold();
            events.onEvent(
                    WorkEvent.NAME,
                    event -> stretches.add(new Stretch(
                            event.getString("work").toLowerCase(Locale.ROOT),
                            event.getStartTime(),
                            event.getDuration(),
                            event.getThread().getJavaName())));
            events.startAsync();
            trainer.open(_ -> {});
            TrainingOutcome outcome = trainer.train(
                    new TrainingJob(1, file.getFileName().toString(), file, new RowLedger(0, 0, 0, 0, List.of())),
                    this::on,
                    () -> Signal.CONTINUE);
            events.stop();
            if (!(outcome instanceof TrainingOutcome.Completed)) {
                throw new IllegalStateException(outcome.toString());
            }
        }
        report(training);
    }

    private void on(TrainingEvent event) {
        if (!(event instanceof StepCompleted step)) {
            return;
        }
        steps++;
        lossSum += step.loss();
        end = Instant.now();
        if (steps == warmUpSteps) {
            warm = end;
        } else if (steps > warmUpSteps) {
            tokens += step.tokens();
        }
    }

    private void report(TrainerConfig training) throws IOException {
        Map<String, List<Stretch>> byWork = stretches.stream()
                .filter(stretch -> !stretch.began.isBefore(warm))
                .collect(Collectors.groupingBy(Stretch::work, TreeMap::new, Collectors.toList()));
        Map<String, Double> seconds = new LinkedHashMap<>();
        byWork.forEach((work, all) -> {
            double sum = all.stream().mapToDouble(s -> s.took.toNanos() / 1e9).sum();
            seconds.put(
                    work,
                    rounded(sum / all.stream().map(Stretch::thread).distinct().count(), 2));
        });
        double wall = Duration.between(warm, end).toNanos() / 1e9;
        seconds.put("all", rounded(wall, 2));
        Result result = new Result(
                "stepwell",
                training.compute().hardware().name(),
                training.compute().dtype().name().toLowerCase(Locale.ROOT),
                training.compute().gradientCheckpointing(),
                rounded(tokens / wall, 1),
                seconds,
                peakRssMb(),
                rounded(lossSum / steps, 4));
        System.out.println(JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build()
                .writeValueAsString(result));
    }

    private static double rounded(double value, int digits) {
        double unit = Math.pow(10, digits);
        return Math.round(value * unit) / unit;
    }

    private static long peakRssMb() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024;
        }
    }
}
