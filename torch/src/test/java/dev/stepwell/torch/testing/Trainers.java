package dev.stepwell.torch.testing;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.StepControl.Signal;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.data.DataReader;
import dev.stepwell.data.TrainingData;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.ModelSource;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.TorchTrainer;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import dev.stepwell.torch.evaluation.EvaluationConfig;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Trainers of the tiny model on the copy task.
public final class Trainers {
    /// Never stops.
    public static final StepControl GO_ON = () -> Signal.CONTINUE;

    private Trainers() {}

    /// A trainer in `currentModel` for whom file `n` is the copy task of seed `n`, with 50 rows.
    public static TorchTrainer in(Path currentModel, TrainerConfig config) {
        return of(currentModel, config, null);
    }

    /// The same with a tokenizer file.
    public static TorchTrainer of(Path currentModel, TrainerConfig config, @Nullable Path tokenizerJson) {
        return with(scratch(Tiny.model()), currentModel, config, tokenizerJson, Trainers::read);
    }

    /// The same of another model.
    public static TorchTrainer of(ModelSource source, Path currentModel, TrainerConfig config) {
        return with(source, currentModel, config, null, Trainers::read);
    }

    /// A trainer that reads files with `reader`.
    public static TorchTrainer reading(Path currentModel, TrainerConfig config, DataReader reader) {
        return with(scratch(Tiny.model()), currentModel, config, null, reader);
    }

    /// The same with another shape for a new model.
    public static TorchTrainer shaped(
            ModelConfig shape, Path currentModel, TrainerConfig config, @Nullable Path tokenizerJson) {
        return with(scratch(shape), currentModel, config, tokenizerJson, Trainers::read);
    }

    /// A trainer of a new model that reads files with `reader`.
    public static TorchTrainer reading(ModelConfig shape, Path currentModel, TrainerConfig config, DataReader reader) {
        return with(scratch(shape), currentModel, config, null, reader);
    }

    /// A trainer that asks the model what it knows.
    public static TorchTrainer asking(
            Path currentModel, TrainerConfig config, DataReader reader, EvaluationConfig evaluation) {
        return with(scratch(Tiny.model()), currentModel, config, null, reader, evaluation);
    }

    private static TorchTrainer with(
            ModelSource source,
            Path currentModel,
            TrainerConfig config,
            @Nullable Path tokenizerJson,
            DataReader reader) {
        return with(source, currentModel, config, tokenizerJson, reader, EvaluationConfig.NONE);
    }

    private static TorchTrainer with(
            ModelSource source,
            Path currentModel,
            TrainerConfig config,
            @Nullable Path tokenizerJson,
            DataReader reader,
            EvaluationConfig evaluation) {
        return new TorchTrainer(
                TorchRuntime.load(),
                config,
                source,
                reader,
                new IdTokenizer(CopyTask.VOCABULARY),
                new CheckpointStore(currentModel),
                tokenizerJson,
                () -> Instant.EPOCH,
                evaluation);
    }

    private static ModelSource scratch(ModelConfig shape) {
        return new ModelSource.Scratch(shape);
    }

    /// The rows of file `n`.
    public static TrainingData read(Path file) {
        return CopyTask.rows(50, Long.parseLong(file.getFileName().toString()));
    }

    public static TrainingJob job(long id) {
        return new TrainingJob(id, id + ".jsonl", Path.of(Long.toString(id)), new RowLedger(50, 0, 0, 0, List.of()));
    }

    /// Opens a trainer, trains the files one after another, closes it; the last outcome.
    public static TrainingOutcome trainAll(Path currentModel, TrainerConfig config, long... files) {
        try (TorchTrainer trainer = in(currentModel, config)) {
            trainer.open(_ -> {});
            @Nullable TrainingOutcome outcome = null;
            for (long file : files) {
                outcome = trainer.train(job(file), _ -> {}, GO_ON);
            }
            return Objects.requireNonNull(outcome);
        }
    }
}
