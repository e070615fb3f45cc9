package dev.stepwell.torch.checkpoint;

import dev.stepwell.data.tokens.Tokenizer;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelSource;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.safetensors.CorruptFileException;
import dev.stepwell.torch.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The files of one checkpoint, and what is in them.
///
/// ```
///  model.safetensors       weights by Hugging Face's names     ┐ enough for from_pretrained,
///  config.json             the architecture's configuration    │ and linked at the root of
///  generation_config.json                                      │ current_model too
///  tokenizer.json and what belongs to it                       ┘
///  adapter_model.safetensors, adapter_config.json              in place of the first three, as PEFT has
///                                                              them, where an adapter is trained
///  optimizer.safetensors   exp_avg.<name>, exp_avg_sq.<name>; metadata: step
///  trainer_state.json      Hugging Face's TrainerState
///  stepwell_state.json     [StepwellState]
///  manifest.json           [Manifest]
/// ```
///
/// @param config        settings that Hugging Face's trainer state repeats
/// @param tokenizer     whose special tokens the model's configuration names
/// @param tokenizerJson file copied into each checkpoint, with what belongs to it and lies beside it; null for none
/// @param source        what is trained, and what it was before
public record CheckpointFiles(
        TrainerConfig config, Tokenizer tokenizer, @Nullable Path tokenizerJson, ModelSource source) {
    public static final String WEIGHTS = "model.safetensors";
    public static final String TOKENIZER = "tokenizer.json";

    static final String CONFIG = "config.json";
    static final String GENERATION_CONFIG = "generation_config.json";
    static final String TOKENIZER_CONFIG = "tokenizer_config.json";
    public static final String ADAPTER = "adapter_model.safetensors";
    public static final String ADAPTER_CONFIG = "adapter_config.json";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String TRAINER_STATE = "trainer_state.json";
    static final String STEPWELL_STATE = "stepwell_state.json";

    /// Files without which a checkpoint cannot be continued.
    private static final List<String> REQUIRED = List.of(OPTIMIZER, TRAINER_STATE, STEPWELL_STATE);
    /// Files that belong to a tokenizer, where it has them.
    private static final List<String> BESIDE_TOKENIZER =
            List.of(TOKENIZER_CONFIG, "special_tokens_map.json", "chat_template.jinja");
    /// Files that make a model, or an adapter, for others, but for its tokenizer.
    static final List<String> MODEL = List.of(WEIGHTS, CONFIG, GENERATION_CONFIG, ADAPTER, ADAPTER_CONFIG);
    /// The same with its tokenizer.
    static final List<String> MODEL_AND_TOKENIZER = Stream.of(MODEL, List.of(TOKENIZER), BESIDE_TOKENIZER)
            .flatMap(List::stream)
            .toList();

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
                    directory.resolve(source.lora() == null ? WEIGHTS : ADAPTER),
                    parameters.named(parameters.values()),
                    Map.of("format", "pt"));
            points.reached(SavePoint.FILE_WRITTEN);
            Safetensors.write(
                    directory.resolve(OPTIMIZER),
                    moments(parameters, optimizer),
                    // In an order of its own: that of Map.of changes from process to process.
                    new TreeMap<>(Map.of("format", "pt", STEP, Long.toString(optimizer.step()))));
            points.reached(SavePoint.FILE_WRITTEN);
        }
        putConfig(directory, model, points);
        put(
                directory,
                TRAINER_STATE,
                TrainerStateJson.of(config, state.cursor(), state.globalStep(), logHistory),
                points);
        put(directory, STEPWELL_STATE, state, points);
        if (tokenizerJson != null) {
            Files.copy(tokenizerJson, directory.resolve(TOKENIZER));
            points.reached(SavePoint.FILE_WRITTEN);
            for (String name : BESIDE_TOKENIZER) {
                Path beside = tokenizerJson.resolveSibling(name);
                if (Files.exists(beside)) {
                    Files.copy(beside, directory.resolve(name));
                    points.reached(SavePoint.FILE_WRITTEN);
                }
            }
        }
    }

    private void putConfig(Path directory, LlamaModel model, SavePoint.Observer points) throws IOException {
        if (source instanceof ModelSource.Pretrained(var base, LoraConfig lora) && lora != null) {
            put(
                    directory,
                    ADAPTER_CONFIG,
                    AdapterConfigJson.of(lora, base.folder().toString()),
                    points);
            return;
        }
        if (source instanceof ModelSource.Pretrained pretrained) {
            // What others have said of their model stays said: of its tokens, its template, how it answers best.
            put(
                    directory,
                    CONFIG,
                    ModelConfigJson.inFloat32(pretrained.model().folder().resolve(CONFIG)),
                    points);
            Path generation = pretrained.model().folder().resolve(GENERATION_CONFIG);
            if (Files.exists(generation)) {
                Files.copy(generation, directory.resolve(GENERATION_CONFIG));
                points.reached(SavePoint.FILE_WRITTEN);
            }
            return;
        }
        put(directory, CONFIG, ModelConfigJson.of(model.config(), tokenizer.endOfTurn(), tokenizer.padding()), points);
        put(
                directory,
                GENERATION_CONFIG,
                new GenerationConfig(tokenizer.endOfTurn(), tokenizer.padding(), false, config.maxOutputTokens()),
                points);
    }

    /// Files that a checkpoint must have, given those that it has.
    static List<String> required(Set<String> present) {
        List<String> model = present.contains(ADAPTER) ? List.of(ADAPTER, ADAPTER_CONFIG) : List.of(WEIGHTS, CONFIG);
        return Stream.concat(model.stream(), REQUIRED.stream()).toList();
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
        Path adapter = directory.resolve(ADAPTER_CONFIG);
        boolean adapted = Files.exists(adapter);
        return new Checkpoint(
                directory,
                adapted ? null : ModelConfigJson.read(directory.resolve(CONFIG)),
                adapted ? AdapterConfigJson.read(adapter) : null,
                state,
                trainerState.logHistory());
    }

    /// Fills a model of the checkpoint's shape, and its optimizer, with the checkpoint's numbers.
    ///
    /// @throws CorruptFileException if they do not fit
    /// @throws IOException          if they cannot be read
    public static void load(Checkpoint checkpoint, Parameters parameters, AdamW optimizer) throws IOException {
        try (var _ = new PointerScope()) {
            Safetensors.readInto(
                    checkpoint.directory().resolve(checkpoint.lora() == null ? WEIGHTS : ADAPTER),
                    parameters.named(parameters.values()));
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
