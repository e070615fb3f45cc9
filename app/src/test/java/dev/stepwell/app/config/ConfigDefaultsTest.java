package dev.stepwell.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.RetentionSettings.Budgets;
import dev.stepwell.core.queue.Duplicates;
import dev.stepwell.core.queue.QueuePolicy;
import dev.stepwell.core.retention.Budget;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.data.rows.FieldMapping;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.ModelSource;
import dev.stepwell.torch.TrainerConfig;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.pretrained.PretrainedModel;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDefaultsTest {
    private static final TrainerConfig TRAINER =
            new TrainerConfig(16, 1, 1, 0.000_5, 50, 0.01, 1.0, 50, 1, 500, 512, 48, 42, 0, 0, Compute.DEFAULT);
    private static final ModelConfig MODEL =
            ModelConfig.llama(512, 128, 384, 4, 4, 2, 1_024, 10_000.0, 1e-5, true, 0.02);
    private static final DaemonSettings DAEMON = new DaemonSettings(
            "stepwell-mini", Duration.ofSeconds(10), QueuePolicy.DEFAULT, new Limits(48, 512), 200_000_000);

    private static final WebSettings WEB = new WebSettings(
            "127.0.0.1", 7_878, Set.of(), Optional.empty(), Optional.empty(), Optional.empty(), 4096L << 20);

    private static final RetentionSettings RETENTION = new RetentionSettings(
            3,
            new Budgets(new Budget(5_000_000_000L), new Budget(5_000_000_000L)),
            new Budgets(Budget.UNLIMITED, Budget.NOTHING),
            Optional.of(LocalTime.of(2, 0)),
            7,
            new Budget(5_000_000_000L));

    @Test
    void an_empty_object_means_every_default() {
        assertMeansDefaults(ConfigParser.parse("{}", "config.json"));
    }

    @Test
    void the_file_of_the_first_start_means_every_default(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        assertMeansDefaults(ConfigFile.loadOrCreate(file));
        assertThat(file).exists();
        assertMeansDefaults(ConfigFile.loadOrCreate(file));
    }

    @Test
    void the_file_of_the_first_start_is_readable_and_in_a_fixed_order(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        ConfigFile.loadOrCreate(file);
        assertThat(Files.readString(file)).isEqualTo("""
                {
                  "model_name" : "stepwell-mini",
                  "model_path" : null,
                  "chat_template" : null,
                  "train_on" : "answers",
                  "method" : "full",
                  "lora" : {
                    "rank" : 16,
                    "alpha" : 32,
                    "dropout" : 0,
                    "target_modules" : "all-linear",
                    "rslora" : false
                  },
                  "model" : {
                    "hidden_size" : 128,
                    "intermediate_size" : 384,
                    "num_hidden_layers" : 4,
                    "num_attention_heads" : 4,
                    "num_key_value_heads" : 2,
                    "rope_theta" : 10000,
                    "rms_norm_eps" : 0.00001,
                    "tie_word_embeddings" : true,
                    "max_position_embeddings" : 1024,
                    "initializer_range" : 0.02
                  },
                  "fields" : {
                    "user" : null,
                    "assistant" : null,
                    "system" : null,
                    "prompt" : null,
                    "completion" : null,
                    "text" : null,
                    "messages" : null
                  },
                  "batch_size" : 16,
                  "gradient_accumulation" : 1,
                  "dtype" : "f32",
                  "device" : "cpu",
                  "gradient_checkpointing" : false,
                  "packing" : true,
                  "epochs" : 1,
                  "learning_rate" : 0.0005,
                  "warmup_steps" : 50,
                  "weight_decay" : 0.01,
                  "max_grad_norm" : 1,
                  "eval_steps" : 50,
                  "num_eval_samples" : 1,
                  "held_out_percent" : 0,
                  "eval_budget_percent" : 5,
                  "eval_max_tokens" : 48,
                  "kept_rows" : 8,
                  "judge" : "exact",
                  "judge_files" : null,
                  "judge_pattern" : null,
                  "judge_command" : null,
                  "save_steps" : 500,
                  "keep_checkpoints" : 3,
                  "checkpoint_budget_gb" : 5,
                  "checkpoint_daily_budget_gb" : 5,
                  "archive_budget_gb" : null,
                  "archive_daily_budget_gb" : 0,
                  "snapshot_time" : "02:00",
                  "keep_snapshots" : 7,
                  "snapshot_budget_gb" : 5,
                  "history_budget_mb" : 200,
                  "poll_interval" : 10,
                  "max_attempts" : 3,
                  "retry_backoff" : 30,
                  "max_deaths" : 3,
                  "duplicates" : "hold",
                  "max_length" : 512,
                  "max_output_tokens" : 48,
                  "seed" : 42,
                  "threads" : 0,
                  "web" : {
                    "host" : "127.0.0.1",
                    "port" : 7878,
                    "names" : null,
                    "token_file" : null,
                    "tls_certificate" : null,
                    "tls_key" : null,
                    "insecure" : false,
                    "max_upload_mb" : 4096
                  },
                  "exports" : {
                    "tensorboard_mb" : 256,
                    "trainer_log_mb" : 50,
                    "inference_log_days" : 14
                  },
                  "alerts" : {
                    "webhook_url" : null,
                    "webhook_format" : "json",
                    "webhook_secret_file" : null,
                    "command" : null,
                    "desktop" : false,
                    "min_severity" : "warning",
                    "state_changes" : "failures"
                  }
                }
                """);
    }

    @Test
    void a_user_s_file_is_not_touched(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, "\uFEFF{\"epochs\":2}");
        assertThat(ConfigFile.loadOrCreate(file).get(ConfigKeys.EPOCHS)).isEqualTo(2);
        assertThat(file).hasContent("\uFEFF{\"epochs\":2}");
    }

    @Test
    void keys_that_are_in_a_section_now_are_read_where_they_were() {
        Config config = ConfigParser.parse("{\"web_port\": 8080, \"max_upload_mb\": 3}", "config.json");
        assertThat(WebSettings.from(config, Path.of("base")).port()).isEqualTo(8_080);
        assertThat(WebSettings.from(config, Path.of("base")).maxUpload()).isEqualTo(3L << 20);
    }

    @Test
    void every_key_reaches_the_record_it_is_for() {
        Config config = ConfigParser.parse("""
                {
                  "model_name": "mine", "model_path": null,
                  "model": {
                    "hidden_size": 96, "intermediate_size": 200, "num_hidden_layers": 3, "num_attention_heads": 6,
                    "num_key_value_heads": 3, "rope_theta": 500000, "rms_norm_eps": 1e-6, "tie_word_embeddings": false,
                    "max_position_embeddings": 2048, "initializer_range": 0.03
                  },
                  "batch_size": 7, "gradient_accumulation": 2, "dtype": "bf16", "device": "cuda", "gradient_checkpointing": true, "packing": false, "epochs": 5, "learning_rate": 1e-4, "warmup_steps": 11,
                  "weight_decay": 0.2, "max_grad_norm": 0.5, "eval_steps": 13, "num_eval_samples": 4, "save_steps": 17, "held_out_percent": 12.5,
                  "keep_checkpoints": 9, "checkpoint_budget_gb": 1.5, "checkpoint_daily_budget_gb": null,
                  "archive_budget_gb": 0, "archive_daily_budget_gb": 2, "snapshot_time": "23:59", "keep_snapshots": 2,
                  "snapshot_budget_gb": 3, "history_budget_mb": 50, "poll_interval": 19, "max_attempts": 5,
                  "retry_backoff": 7, "max_deaths": 0, "duplicates": "skip", "max_length": 300, "max_output_tokens": 30,
                  "seed": 9007199254740991, "threads": 8,
                  "web": {
                    "host": "::", "port": 5, "names": "a.example, b.example", "token_file": "t",
                    "tls_certificate": "c", "tls_key": "/k", "insecure": true, "max_upload_mb": 7
                  },
                  "exports": {"tensorboard_mb": 3, "trainer_log_mb": 2, "inference_log_days": 1},
                  "alerts": {
                    "webhook_url": "https://hooks.example.org/a?b=c", "webhook_secret_file": "s", "command": "/bin/mail",
                    "desktop": true, "min_severity": "critical", "state_changes": "all"
                  }
                }
                """, "config.json");
        assertThat(TrainerSettings.trainer(config))
                .isEqualTo(new TrainerConfig(
                        7,
                        2,
                        5,
                        1e-4,
                        11,
                        0.2,
                        0.5,
                        13,
                        4,
                        17,
                        300,
                        30,
                        9_007_199_254_740_991L,
                        12.5,
                        8,
                        new Compute(Dtype.BF16, true, RowLayout.PADDED, Hardware.CUDA)));
        assertThat(TrainerSettings.model(config, 512))
                .isEqualTo(ModelConfig.llama(512, 96, 200, 3, 6, 3, 2_048, 500_000, 1e-6, false, 0.03));
        assertThat(DaemonSettings.from(config))
                .isEqualTo(new DaemonSettings(
                        "mine",
                        Duration.ofSeconds(19),
                        new QueuePolicy(5, Duration.ofSeconds(7), 0, Duplicates.SKIP),
                        new Limits(30, 300),
                        50_000_000));
        assertThat(WebSettings.from(config, Path.of("/base")))
                .isEqualTo(new WebSettings(
                        "::",
                        5,
                        Set.of("a.example", "b.example"),
                        Optional.of(Path.of("/base/t")),
                        Optional.of(Path.of("/base/c")),
                        Optional.of(Path.of("/k")),
                        7L << 20));
        assertThat(ExportSettings.from(config)).isEqualTo(new ExportSettings(3 << 20, 2 << 20, 1, 5));
        assertThat(AlertSettings.from(config, Path.of("/base")))
                .isEqualTo(new AlertSettings(
                        Optional.of(new AlertSettings.Webhook(
                                URI.create("https://hooks.example.org/a?b=c"),
                                WebhookFormat.JSON,
                                Optional.of(Path.of("/base/s")))),
                        Optional.of(Path.of("/bin/mail")),
                        true,
                        Severity.CRITICAL,
                        StateChanges.ALL));
        assertThat(RetentionSettings.from(config))
                .isEqualTo(new RetentionSettings(
                        9,
                        new Budgets(new Budget(1_500_000_000L), Budget.UNLIMITED),
                        new Budgets(Budget.NOTHING, new Budget(2_000_000_000L)),
                        Optional.of(LocalTime.of(23, 59)),
                        2,
                        new Budget(3_000_000_000L)));
    }

    @Test
    void the_names_of_fields_reach_the_mapping_they_are_for() {
        assertThat(fields("\"user\": \"q\", \"assistant\": \"a\""))
                .isEqualTo(new FieldMapping.QuestionAnswer(Optional.empty(), "q", "a"));
        assertThat(fields("\"user\": \"q\", \"assistant\": \"a\", \"system\": \"data.s\""))
                .isEqualTo(new FieldMapping.QuestionAnswer(Optional.of("data.s"), "q", "a"));
        assertThat(fields("\"prompt\": \"p\", \"completion\": \"c\"")).isEqualTo(new FieldMapping.Completion("p", "c"));
        assertThat(fields("\"text\": \"t\", \"user\": null")).isEqualTo(new FieldMapping.Text("t"));
        assertThat(fields("\"messages\": \"m\"")).isEqualTo(new FieldMapping.Messages("m"));
    }

    private static FieldMapping fields(String json) {
        return FieldSettings.from(ConfigParser.parse("{\"fields\": {%s}}".formatted(json), "config.json"));
    }

    private static void assertMeansDefaults(Config config) {
        assertThat(FieldSettings.from(config)).isEqualTo(FieldMapping.NONE);
        assertThat(RetentionSettings.from(config)).isEqualTo(RETENTION);
        assertThat(TrainerSettings.trainer(config)).isEqualTo(TRAINER);
        assertThat(TrainerSettings.model(config, 512)).isEqualTo(MODEL);
        assertThat(DaemonSettings.from(config)).isEqualTo(DAEMON);
        assertThat(WebSettings.from(config, Path.of("base"))).isEqualTo(WEB);
        assertThat(ExportSettings.from(config)).isEqualTo(new ExportSettings(256 << 20, 50 << 20, 14, 1));
        assertThat(AlertSettings.from(config, Path.of("base")))
                .isEqualTo(new AlertSettings(
                        Optional.empty(), Optional.empty(), false, Severity.WARNING, StateChanges.FAILURES));
    }

    @Test
    void the_settings_of_an_adapter_reach_the_record_they_are_for() {
        Config config = ConfigParser.parse("""
                {
                  "model_path": "base", "method": "lora",
                  "lora": {"rank": 8, "alpha": 4, "dropout": 0.1, "target_modules": "v_proj,q_proj", "rslora": true}
                }
                """, "config.json");
        PretrainedModel model =
                new PretrainedModel(Path.of("base"), ModelConfig.llama(512, 8, 8, 1, 2, 1, 16, 1e4, 1e-5, true, 0.02));
        assertThat(TrainerSettings.source(config, Optional.of(model), 512))
                .isEqualTo(
                        new ModelSource.Pretrained(model, new LoraConfig(8, 4, 0.1, Set.of("q_proj", "v_proj"), true)));
    }

    @Test
    void the_projections_that_can_be_named_are_those_that_the_trainer_knows() {
        assertThat(LoraTargets.NAMES).isEqualTo(LoraConfig.ALL_LINEAR);
    }
}
