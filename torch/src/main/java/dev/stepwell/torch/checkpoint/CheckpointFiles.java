package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.data.Tokenizer;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.optim.AdamW;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The files of one checkpoint, and what is in them.
///
/// ```
///  model.safetensors       weights by Hugging Face's names     ┐ enough for from_pretrained,
///  config.json             LlamaConfig                         │ and linked at the root of
///  generation_config.json                                      │ current_model too
///  tokenizer.json, tokenizer_config.json                       ┘
///  optimizer.safetensors   exp_avg.<name>, exp_avg_sq.<name>; metadata: step
///  trainer_state.json      Hugging Face's TrainerState
///  stepwell_state.json     [StepwellState]
///  manifest.json           [Manifest]
/// ```
///
/// @param config        settings that Hugging Face's trainer state repeats
/// @param tokenizer     whose special tokens the model's configuration names
/// @param tokenizerJson file copied into each checkpoint, with a `tokenizer_config.json` beside it if there is one;
///                      null for none
public record CheckpointFiles(
        TrainerConfig config, Tokenizer tokenizer, @Nullable Path tokenizerJson) {
    public static final String WEIGHTS = "model.safetensors";
    public static final String TOKENIZER = "tokenizer.json";

    static final String CONFIG = "config.json";
    static final String GENERATION_CONFIG = "generation_config.json";
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String TRAINER_STATE = "trainer_state.json";
    static final String STEPWELL_STATE = "stepwell_state.json";

    /// Files without which a checkpoint cannot be continued.
    static final List<String> REQUIRED = List.of(WEIGHTS, CONFIG, OPTIMIZER, TRAINER_STATE, STEPWELL_STATE);
    /// Files that make a model for others.
    static final List<String> MODEL = List.of(WEIGHTS, CONFIG, GENERATION_CONFIG, TOKENIZER, TOKENIZER_CONFIG);

    private static final String STEP = "step";
    /// Enough for a thousand log entries, two tensor headers and the rest.
    private static final long SMALL_FILES_BYTES = 1 << 20;

    private record GenerationConfig(int eosTokenId, int padTokenId, boolean doSample, int maxNewTokens) {}

    /// Writes all of them but the manifest into `directory`, which is empty, and tells `points` of each.
    ///
    /// @throws IOException if one cannot be written
    public void write(
            Path directory,
            LlamaModel model,
            AdamW optimizer,
            StepwellState state,
            List<LogEntry> logHistory,
            SavePoint.Observer points)
            throws IOException {
        try (var _ = new PointerScope()) {
            Parameters parameters = model.parameters();
            // Hugging Face refuses weights that do not say which framework's conventions they follow.
            Safetensors.write(
                    directory.resolve(WEIGHTS), parameters.named(parameters.values()), Map.of("format", "pt"));
            points.reached(SavePoint.FILE_WRITTEN);
            Safetensors.write(
                    directory.resolve(OPTIMIZER),
                    moments(parameters, optimizer),
                    // In an order of its own: that of Map.of changes from process to process.
                    new TreeMap<>(Map.of("format", "pt", STEP, Long.toString(optimizer.step()))));
            points.reached(SavePoint.FILE_WRITTEN);
        }
        put(directory, CONFIG, LlamaConfigJson.of(model.config(), tokenizer.endOfTurn(), tokenizer.padding()), points);
        put(
                directory,
                GENERATION_CONFIG,
                new GenerationConfig(tokenizer.endOfTurn(), tokenizer.padding(), false, config.maxOutputTokens()),
                points);
        put(
                directory,
                TRAINER_STATE,
                TrainerStateJson.of(config, state.cursor(), state.globalStep(), logHistory),
                points);
        put(directory, STEPWELL_STATE, state, points);
        if (tokenizerJson != null) {
            Files.copy(tokenizerJson, directory.resolve(TOKENIZER));
            points.reached(SavePoint.FILE_WRITTEN);
            Path beside = tokenizerJson.resolveSibling(TOKENIZER_CONFIG);
            if (Files.exists(beside)) {
                Files.copy(beside, directory.resolve(TOKENIZER_CONFIG));
                points.reached(SavePoint.FILE_WRITTEN);
            }
        }
    }

    /// Bytes that [#write] will take, at most: weights and two moments, all float32, and what lies beside them.
    ///
    /// @throws IOException if the tokenizer's file cannot be looked at
    public long bytes(Parameters parameters) throws IOException {
        long numbers = 3L * Float.BYTES * parameters.layout().parameterCount();
        return numbers + SMALL_FILES_BYTES + (tokenizerJson == null ? 0 : Files.size(tokenizerJson));
    }

    /// Reads what a checkpoint says about itself; its tensors follow with [#load].
    ///
    /// @throws CorruptFileException if a file does not hold what it should
    /// @throws IOException          if one cannot be read
    static Checkpoint describe(Path directory) throws IOException {
        Path file = directory.resolve(STEPWELL_STATE);
        StepwellState state = Json.read(file, StepwellState.class);
        if (state.schemaVersion() != StepwellState.SCHEMA_VERSION) {
            throw new CorruptFileException(
                    file,
                    "version %d, this program reads %d".formatted(state.schemaVersion(), StepwellState.SCHEMA_VERSION));
        }
        Cursor cursor = state.cursor();
        if (cursor != null && cursor.globalStep() != state.globalStep()) {
            throw new CorruptFileException(
                    file, "step %d, but its cursor is at %d".formatted(state.globalStep(), cursor.globalStep()));
        }
        TrainerStateJson trainerState = Json.read(directory.resolve(TRAINER_STATE), TrainerStateJson.class);
        return new Checkpoint(
                directory, LlamaConfigJson.read(directory.resolve(CONFIG)), state, trainerState.logHistory());
    }

    /// Fills a model of the checkpoint's shape, and its optimizer, with the checkpoint's numbers.
    ///
    /// @throws CorruptFileException if they do not fit
    /// @throws IOException          if they cannot be read
    public static void load(Checkpoint checkpoint, Parameters parameters, AdamW optimizer) throws IOException {
        try (var _ = new PointerScope()) {
            Safetensors.readInto(checkpoint.directory().resolve(WEIGHTS), parameters.named(parameters.values()));
            Path file = checkpoint.directory().resolve(OPTIMIZER);
            String step =
                    Safetensors.readInto(file, moments(parameters, optimizer)).get(STEP);
            try {
                optimizer.resumeAt(Long.parseLong(String.valueOf(step)));
            } catch (NumberFormatException e) {
                throw new CorruptFileException(file, "its step is '%s'".formatted(step), e);
            }
        }
    }

    private static SequencedMap<String, Tensor> moments(Parameters parameters, AdamW optimizer) {
        SequencedMap<String, Tensor> moments = new LinkedHashMap<>();
        parameters.named(optimizer.expAvg()).forEach((name, tensor) -> moments.put("exp_avg." + name, tensor));
        parameters.named(optimizer.expAvgSq()).forEach((name, tensor) -> moments.put("exp_avg_sq." + name, tensor));
        return moments;
    }

    private static void put(Path directory, String name, Object value, SavePoint.Observer points) throws IOException {
        Files.write(directory.resolve(name), Json.bytes(value));
        points.reached(SavePoint.FILE_WRITTEN);
    }
}
