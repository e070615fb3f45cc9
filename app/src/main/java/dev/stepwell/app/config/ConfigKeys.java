package dev.stepwell.app.config;

import static dev.stepwell.app.config.ConfigKey.above;
import static dev.stepwell.app.config.ConfigKey.real;
import static dev.stepwell.app.config.ConfigKey.whole;

import dev.stepwell.core.queue.Duplicates;
import dev.stepwell.core.status.Severity;
import java.net.URI;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/// Every key of `config.json`, in the order in which the file and the documentation list them.
public final class ConfigKeys {
    /// The largest integer that every JSON reader keeps exactly: 2^53 - 1.
    private static final long MAX_EXACT = (1L << 53) - 1;

    public static final ConfigKey<String> MODEL_NAME = new ConfigKey<>(
            "model_name", new Domain.Text(100), "stepwell-mini", "", "What the model is called in displays.");
    public static final ConfigKey<Optional<String>> MODEL_PATH = new ConfigKey<>(
            "model_path",
            new Domain.OrNull<>(new Domain.Text(4_096)),
            Optional.empty(),
            "",
            "Folder of a model to start from, in Hugging Face's format, absolute or within the base directory; null: a new"
                    + " model, in the shape that `model` gives. Also read as `base_model`.");
    public static final ConfigKey<Optional<String>> CHAT_TEMPLATE = new ConfigKey<>(
            "chat_template",
            new Domain.OrNull<>(new Domain.Text(4_096)),
            Optional.empty(),
            "",
            "File with the Jinja template by which conversations are written, absolute or within the base directory; null:"
                    + " the one that comes with the model.");
    public static final ConfigKey<LearntTokens> TRAIN_ON = new ConfigKey<>(
            "train_on",
            new Domain.Choice<>(LearntTokens.class),
            LearntTokens.ANSWERS,
            "",
            "What of a conversation is learnt: the assistant's answers, only the last of them, or every token.");
    public static final ConfigKey<Method> METHOD = new ConfigKey<>(
            "method",
            new Domain.Choice<>(Method.class),
            Method.FULL,
            "",
            "What is trained: all weights, or an adapter beside those of `model_path` (LoRA).");
    public static final ConfigKey<Long> LORA_RANK = whole("lora.rank", 16, 1, 4_096, "", "Rows of the matrices A.");
    public static final ConfigKey<Double> LORA_ALPHA =
            above("lora.alpha", 32, 0, 1e6, "", "The adapter is added `alpha / rank` times.");
    public static final ConfigKey<Double> LORA_DROPOUT =
            real("lora.dropout", 0, 0, 0.95, "", "Share of the adapter's inputs that is dropped in training.");
    public static final ConfigKey<List<String>> LORA_TARGET_MODULES = new ConfigKey<>(
            "lora.target_modules",
            new Domain.Names(LoraTargets.ALL, LoraTargets.NAMES),
            LoraTargets.NAMES,
            "",
            "Projections that are adapted.");
    public static final ConfigKey<Boolean> LORA_RANK_STABILIZED = new ConfigKey<>(
            "lora.rslora", new Domain.Flag(), false, "", "Whether it is added `alpha / √rank` times instead (rsLoRA).");

    public static final ConfigKey<Long> HIDDEN_SIZE = whole(
            "model.hidden_size",
            128,
            8,
            16_384,
            "",
            "Width of the residual stream; an even multiple of `num_attention_heads`.");
    public static final ConfigKey<Long> INTERMEDIATE_SIZE =
            whole("model.intermediate_size", 384, 8, 65_536, "", "Width inside the feed-forward layers (SwiGLU).");
    public static final ConfigKey<Long> NUM_HIDDEN_LAYERS =
            whole("model.num_hidden_layers", 4, 1, 256, "blocks", "Depth of the model.");
    public static final ConfigKey<Long> NUM_ATTENTION_HEADS =
            whole("model.num_attention_heads", 4, 1, 256, "heads", "Query heads; a multiple of `num_key_value_heads`.");
    public static final ConfigKey<Long> NUM_KEY_VALUE_HEADS =
            whole("model.num_key_value_heads", 2, 1, 256, "heads", "Key and value heads, shared by the query heads.");
    public static final ConfigKey<Double> ROPE_THETA =
            real("model.rope_theta", 10_000, 1, 1e9, "", "Base of the rotary position frequencies.");
    public static final ConfigKey<Double> RMS_NORM_EPS =
            above("model.rms_norm_eps", 1e-5, 0, 0.1, "", "Added to the mean square in RMSNorm.");
    public static final ConfigKey<Boolean> TIE_WORD_EMBEDDINGS = new ConfigKey<>(
            "model.tie_word_embeddings", new Domain.Flag(), true, "", "Whether the output layer is the embedding.");
    public static final ConfigKey<Long> MAX_POSITION_EMBEDDINGS = whole(
            "model.max_position_embeddings", 1_024, 16, 131_072, "tokens", "Longest sequence the model can take.");
    public static final ConfigKey<Double> INITIALIZER_RANGE =
            above("model.initializer_range", 0.02, 0, 1, "", "Standard deviation of new weights.");

    public static final ConfigKey<Optional<String>> FIELD_USER = field("user", "what is asked");
    public static final ConfigKey<Optional<String>> FIELD_ASSISTANT = field("assistant", "what is answered to it");
    public static final ConfigKey<Optional<String>> FIELD_SYSTEM =
            field("system", "the instruction before them; a row may lack it");
    public static final ConfigKey<Optional<String>> FIELD_PROMPT = field("prompt", "the beginning of a text");
    public static final ConfigKey<Optional<String>> FIELD_COMPLETION = field("completion", "how it goes on");
    public static final ConfigKey<Optional<String>> FIELD_TEXT = field("text", "a text to be learnt as a whole");
    public static final ConfigKey<Optional<String>> FIELD_MESSAGES = field("messages", "a list of messages");

    public static final ConfigKey<Long> BATCH_SIZE =
            whole("batch_size", 16, 1, 4_096, "rows", "Rows in one forward pass, if memory suffices; fewer if not.");
    public static final ConfigKey<Long> GRADIENT_ACCUMULATION =
            whole("gradient_accumulation", 1, 1, 4_096, "passes", "Forward passes in one optimizer step.");
    public static final ConfigKey<ComputeType> DTYPE = new ConfigKey<>(
            "dtype",
            new Domain.Choice<>(ComputeType.class),
            ComputeType.F32,
            "",
            "In which type is computed; what is trained and saved is float32 in either.");
    public static final ConfigKey<ComputeDevice> DEVICE = new ConfigKey<>(
            "device",
            new Domain.Choice<>(ComputeDevice.class),
            ComputeDevice.CPU,
            "",
            "On what is computed; cuda needs a build with `-Pcuda`.");
    public static final ConfigKey<Boolean> GRADIENT_CHECKPOINTING = new ConfigKey<>(
            "gradient_checkpointing",
            new Domain.Flag(),
            false,
            "",
            "Whether layers are computed a second time on the way back instead of being kept in memory.");
    public static final ConfigKey<Boolean> PACKING = new ConfigKey<>(
            "packing",
            new Domain.Flag(),
            true,
            "",
            "Whether rows are computed end to end, each seeing only itself, instead of filled up to the longest.");
    public static final ConfigKey<Long> EPOCHS = whole("epochs", 1, 1, 1_000, "passes", "Passes over each file.");
    public static final ConfigKey<Double> LEARNING_RATE =
            above("learning_rate", 0.000_5, 0, 1, "", "Rate of AdamW after warm-up.");
    public static final ConfigKey<Long> WARMUP_STEPS = whole(
            "warmup_steps", 50, 0, 1_000_000, "steps", "Steps of the model's life over which the rate rises from 0.");
    public static final ConfigKey<Double> WEIGHT_DECAY =
            real("weight_decay", 0.01, 0, 1, "", "Decoupled weight decay, on matrices only.");
    public static final ConfigKey<Double> MAX_GRAD_NORM = real(
            "max_grad_norm", 1, 0, 1_000, "", "Norm to which the gradients of a step are clipped; 0: not clipped.");
    public static final ConfigKey<Long> EVAL_STEPS = whole(
            "eval_steps", 50, 0, 1_000_000, "steps", "Steps between two previews of the model's answers; 0: none.");
    public static final ConfigKey<Long> NUM_EVAL_SAMPLES =
            whole("num_eval_samples", 1, 1, 100, "rows", "Rows answered at each preview.");
    public static final ConfigKey<Double> HELD_OUT = real(
            "held_out_percent",
            0,
            0,
            50,
            "% of rows",
            "Rows of each file that are asked and never trained, drawn by `seed` and by what they say; 0: none.");
    public static final ConfigKey<Double> EVAL_BUDGET = real(
            "eval_budget_percent",
            5,
            0,
            100,
            "% of training time",
            "How long evaluations may take: of the rows in `validation/`, those held out, and those kept of earlier files; 0:"
                    + " none.");
    public static final ConfigKey<Long> EVAL_MAX_TOKENS =
            whole("eval_max_tokens", 48, 1, 32_768, "tokens", "Longest answer in an evaluation.");
    public static final ConfigKey<Long> KEPT_ROWS = whole(
            "kept_rows",
            8,
            0,
            1_000,
            "rows",
            "Rows of each completed file that are kept, to see later whether they are still known; 0: none.");
    public static final ConfigKey<JudgeKind> JUDGE = new ConfigKey<>(
            "judge",
            new Domain.Choice<>(JudgeKind.class),
            JudgeKind.EXACT,
            "",
            "When an answer is right: the same text, the same words, the same JSON, the same last number, the same last match"
                    + " of `judge_pattern`, or what `judge_command` says.");
    public static final ConfigKey<Optional<String>> JUDGE_FILES = new ConfigKey<>(
            "judge_files",
            new Domain.OrNull<>(new Domain.Text(4_096)),
            Optional.empty(),
            "",
            "Judges of files by their names, as `math*.jsonl=number; tools_*=json`; null: `judge` is for all.");
    public static final ConfigKey<Optional<String>> JUDGE_PATTERN = new ConfigKey<>(
            "judge_pattern",
            new Domain.OrNull<>(new Domain.Text(1_000)),
            Optional.empty(),
            "",
            "Regular expression of which the last match, or its first group, has to be the same in both texts; null: none.");
    public static final ConfigKey<Optional<String>> JUDGE_COMMAND = path(
            "judge_command", "Program that is given question and answers, and ends with 0 if they agree, else with 1");
    public static final ConfigKey<Long> SAVE_STEPS = whole(
            "save_steps", 500, 1, 1_000_000, "steps", "Steps between two checkpoints; a file's end always saves one.");
    public static final ConfigKey<Long> KEEP_CHECKPOINTS = whole(
            "keep_checkpoints", 3, 1, 1_000, "checkpoints", "How many of the newest are kept, whatever their size.");
    public static final ConfigKey<Optional<Double>> CHECKPOINT_BUDGET =
            budget("checkpoint_budget_gb", Optional.of(5.0), "Size up to which recent checkpoints are kept.");
    public static final ConfigKey<Optional<Double>> CHECKPOINT_DAILY_BUDGET =
            budget("checkpoint_daily_budget_gb", Optional.of(5.0), "Size up to which older ones are kept, one a day.");
    public static final ConfigKey<Optional<Double>> ARCHIVE_BUDGET =
            budget("archive_budget_gb", Optional.empty(), "Size up to which recent files of `archive/` are kept.");
    public static final ConfigKey<Optional<Double>> ARCHIVE_DAILY_BUDGET =
            budget("archive_daily_budget_gb", Optional.of(0.0), "Size up to which older ones are kept, one a day.");
    public static final ConfigKey<Optional<LocalTime>> SNAPSHOT_TIME = new ConfigKey<>(
            "snapshot_time",
            new Domain.OrNull<>(new Domain.TimeOfDay()),
            Optional.of(LocalTime.of(2, 0)),
            "local time",
            "When a snapshot of the newest checkpoint is made, each day; null: none.");
    public static final ConfigKey<Long> KEEP_SNAPSHOTS =
            whole("keep_snapshots", 7, 1, 10_000, "snapshots", "How many of the newest are kept, whatever their size.");
    public static final ConfigKey<Optional<Double>> SNAPSHOT_BUDGET =
            budget("snapshot_budget_gb", Optional.of(5.0), "Size up to which snapshots are kept.");
    public static final ConfigKey<Optional<Long>> HISTORY_BUDGET = new ConfigKey<>(
            "history_budget_mb",
            new Domain.OrNull<>(new Domain.Whole(4, 1_048_576)),
            Optional.of(200L),
            "MB",
            "Size up to which `history.db` grows before old steps are thinned; null: no limit.");
    public static final ConfigKey<Long> POLL_INTERVAL = whole(
            "poll_interval", 10, 1, 3_600, "seconds", "How often the inbox is looked through, besides being watched.");
    public static final ConfigKey<Long> MAX_ATTEMPTS =
            whole("max_attempts", 3, 1, 10, "attempts", "Failed attempts after which a file is given up.");
    public static final ConfigKey<Long> RETRY_BACKOFF = whole(
            "retry_backoff",
            30,
            0,
            86_400,
            "seconds",
            "How long a file waits after its first failure; doubled with each further one, up to a day.");
    public static final ConfigKey<Long> MAX_DEATHS = whole(
            "max_deaths",
            3,
            0,
            1_000,
            "deaths",
            "How often the process may die in a file without a new checkpoint, before that is a failed attempt;"
                    + " 0: no limit.");
    public static final ConfigKey<Duplicates> DUPLICATES = new ConfigKey<>(
            "duplicates",
            new Domain.Choice<>(Duplicates.class),
            Duplicates.HOLD,
            "",
            "What becomes of a file whose content was trained or waits already.");
    public static final ConfigKey<Long> MAX_LENGTH =
            whole("max_length", 512, 8, 131_072, "tokens", "Longest row; what is longer is cut and counted.");
    public static final ConfigKey<Long> MAX_OUTPUT_TOKENS =
            whole("max_output_tokens", 48, 1, 32_768, "tokens", "Longest answer in a preview.");
    public static final ConfigKey<Long> SEED =
            whole("seed", 42, 0, MAX_EXACT, "", "Of new weights, of the order of rows, and of which are held out.");
    public static final ConfigKey<Long> THREADS =
            whole("threads", 0, 0, 1_024, "threads", "For computing; 0: as many as the machine has cores.");

    public static final ConfigKey<String> WEB_HOST = new ConfigKey<>(
            "web.host",
            new Domain.Text(255),
            "127.0.0.1",
            "",
            "Interface for control and dashboard; any but `127.0.0.1` and `localhost`, such as `0.0.0.0`, needs a token, and"
                    + " a certificate or `insecure`.");
    public static final ConfigKey<Long> WEB_PORT = whole(
            "web.port",
            7_878,
            0,
            65_535,
            "",
            "Port for control and dashboard; 0: any that is free. Also read as `web_port`.");
    public static final ConfigKey<Optional<String>> WEB_NAMES = new ConfigKey<>(
            "web.names",
            new Domain.OrNull<>(new Domain.Text(4_096)),
            Optional.empty(),
            "",
            "Names by which it is asked for, with commas between them: a proxy's, say; null: loopback and addresses only.");
    public static final ConfigKey<Optional<String>> WEB_TOKEN_FILE =
            path("web.token_file", "File with the token that others need, of 32 characters or more");
    public static final ConfigKey<Optional<String>> WEB_TLS_CERTIFICATE =
            path("web.tls_certificate", "File with the certificate and its chain, in PEM");
    public static final ConfigKey<Optional<String>> WEB_TLS_KEY =
            path("web.tls_key", "File with the certificate's key, in PEM");
    public static final ConfigKey<Boolean> WEB_INSECURE = new ConfigKey<>(
            "web.insecure",
            new Domain.Flag(),
            false,
            "",
            "Whether others may reach it without TLS: where a proxy has it.");

    public static final ConfigKey<Long> MAX_UPLOAD = whole(
            "web.max_upload_mb",
            4_096,
            1,
            1_048_576,
            "MB",
            "Largest file that is taken from a browser or over HTTP. Also read as `max_upload_mb`.");

    public static final ConfigKey<Long> TENSORBOARD_MB = whole(
            "exports.tensorboard_mb",
            256,
            0,
            1_048_576,
            "MB",
            "Size up to which TensorBoard's event files are kept in `logs/tensorboard/`; 0: none are written.");
    public static final ConfigKey<Long> TRAINER_LOG_MB = whole(
            "exports.trainer_log_mb",
            50,
            0,
            1_048_576,
            "MB",
            "Size up to which `logs/trainer_log.jsonl` is kept, with those before it; 0: none is written.");
    public static final ConfigKey<Long> INFERENCE_LOG_DAYS = whole(
            "exports.inference_log_days",
            14,
            0,
            36_500,
            "days",
            "How many days of previews are kept as `logs/inference_YYYYMMDD.log`; 0: none are written.");

    public static final ConfigKey<Optional<URI>> ALERT_WEBHOOK_URL = new ConfigKey<>(
            "alerts.webhook_url",
            new Domain.OrNull<>(new Domain.WebAddress()),
            Optional.empty(),
            "",
            "Where alerts are sent by HTTP when they open and close; null: nowhere.");
    public static final ConfigKey<WebhookFormat> ALERT_WEBHOOK_FORMAT = new ConfigKey<>(
            "alerts.webhook_format",
            new Domain.Choice<>(WebhookFormat.class),
            WebhookFormat.JSON,
            "",
            "What is sent there: everything, or a message as Slack or Discord want it.");
    public static final ConfigKey<Optional<String>> ALERT_WEBHOOK_SECRET_FILE = path(
            "alerts.webhook_secret_file",
            "File with the secret by which what is sent is signed, of 32 characters or more");
    public static final ConfigKey<Optional<String>> ALERT_COMMAND = path(
            "alerts.command", "Program that is run when an alert opens or closes, with JSON on its standard input");
    public static final ConfigKey<Boolean> ALERT_DESKTOP = new ConfigKey<>(
            "alerts.desktop",
            new Domain.Flag(),
            false,
            "",
            "Whether alerts are shown on the desktop of the user who runs the daemon, by `notify-send`.");
    public static final ConfigKey<Severity> ALERT_MIN_SEVERITY = new ConfigKey<>(
            "alerts.min_severity",
            new Domain.Choice<>(Severity.class),
            Severity.WARNING,
            "",
            "Which alerts go out: those that are as severe, or more.");
    public static final ConfigKey<StateChanges> ALERT_STATE_CHANGES = new ConfigKey<>(
            "alerts.state_changes",
            new Domain.Choice<>(StateChanges.class),
            StateChanges.FAILURES,
            "",
            "What else goes out: nothing, a crash and files that are given up, or also each start, end and trained file.");

    /// All of them, in order.
    public static final List<ConfigKey<?>> ALL = List.of(
            MODEL_NAME,
            MODEL_PATH,
            CHAT_TEMPLATE,
            TRAIN_ON,
            METHOD,
            LORA_RANK,
            LORA_ALPHA,
            LORA_DROPOUT,
            LORA_TARGET_MODULES,
            LORA_RANK_STABILIZED,
            HIDDEN_SIZE,
            INTERMEDIATE_SIZE,
            NUM_HIDDEN_LAYERS,
            NUM_ATTENTION_HEADS,
            NUM_KEY_VALUE_HEADS,
            ROPE_THETA,
            RMS_NORM_EPS,
            TIE_WORD_EMBEDDINGS,
            MAX_POSITION_EMBEDDINGS,
            INITIALIZER_RANGE,
            FIELD_USER,
            FIELD_ASSISTANT,
            FIELD_SYSTEM,
            FIELD_PROMPT,
            FIELD_COMPLETION,
            FIELD_TEXT,
            FIELD_MESSAGES,
            BATCH_SIZE,
            GRADIENT_ACCUMULATION,
            DTYPE,
            DEVICE,
            GRADIENT_CHECKPOINTING,
            PACKING,
            EPOCHS,
            LEARNING_RATE,
            WARMUP_STEPS,
            WEIGHT_DECAY,
            MAX_GRAD_NORM,
            EVAL_STEPS,
            NUM_EVAL_SAMPLES,
            HELD_OUT,
            EVAL_BUDGET,
            EVAL_MAX_TOKENS,
            KEPT_ROWS,
            JUDGE,
            JUDGE_FILES,
            JUDGE_PATTERN,
            JUDGE_COMMAND,
            SAVE_STEPS,
            KEEP_CHECKPOINTS,
            CHECKPOINT_BUDGET,
            CHECKPOINT_DAILY_BUDGET,
            ARCHIVE_BUDGET,
            ARCHIVE_DAILY_BUDGET,
            SNAPSHOT_TIME,
            KEEP_SNAPSHOTS,
            SNAPSHOT_BUDGET,
            HISTORY_BUDGET,
            POLL_INTERVAL,
            MAX_ATTEMPTS,
            RETRY_BACKOFF,
            MAX_DEATHS,
            DUPLICATES,
            MAX_LENGTH,
            MAX_OUTPUT_TOKENS,
            SEED,
            THREADS,
            WEB_HOST,
            WEB_PORT,
            WEB_NAMES,
            WEB_TOKEN_FILE,
            WEB_TLS_CERTIFICATE,
            WEB_TLS_KEY,
            WEB_INSECURE,
            MAX_UPLOAD,
            TENSORBOARD_MB,
            TRAINER_LOG_MB,
            INFERENCE_LOG_DAYS,
            ALERT_WEBHOOK_URL,
            ALERT_WEBHOOK_FORMAT,
            ALERT_WEBHOOK_SECRET_FILE,
            ALERT_COMMAND,
            ALERT_DESKTOP,
            ALERT_MIN_SEVERITY,
            ALERT_STATE_CHANGES);

    private ConfigKeys() {}

    private static ConfigKey<Optional<String>> field(String name, String meaning) {
        return new ConfigKey<>(
                "fields." + name,
                new Domain.OrNull<>(new Domain.Text(100)),
                Optional.empty(),
                "",
                "Under what name rows of others have %s; null: under the usual names.".formatted(meaning));
    }

    private static ConfigKey<Optional<String>> path(String name, String meaning) {
        return new ConfigKey<>(
                name,
                new Domain.OrNull<>(new Domain.Text(4_096)),
                Optional.empty(),
                "",
                meaning + ", absolute or within the base directory; null: none.");
    }

    private static ConfigKey<Optional<Double>> budget(String name, Optional<Double> value, String meaning) {
        return new ConfigKey<>(
                name, new Domain.OrNull<>(new Domain.Real(0, false, 1e9)), value, "GB", meaning + " null: no limit.");
    }
}
