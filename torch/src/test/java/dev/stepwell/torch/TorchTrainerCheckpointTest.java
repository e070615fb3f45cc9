package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.core.training.TrainingEvent.CheckpointSaved;
import dev.stepwell.core.training.TrainingEvent.RolledBack;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.core.training.TrainingOutcome.Aborted;
import dev.stepwell.torch.model.ParameterLayout;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files have 50 rows: 7 steps of 8 rows.
class TorchTrainerCheckpointTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory;

    private Path currentModel;
    private Path tokenizer;

    @BeforeEach
    void writeTokenizer() throws IOException {
        currentModel = directory.resolve("current_model");
        tokenizer = Files.writeString(directory.resolve("tokenizer.json"), "{\"version\": \"1.0\"}");
        Files.writeString(directory.resolve("tokenizer_config.json"), "{}");
    }

    @Test
    void theModelAtTheRootIsTheNewestOneWithAllThatHuggingFaceNeeds() throws IOException {
        train(Tiny.training(), 1, 2);
        for (String file : List.of(
                "model.safetensors",
                "config.json",
                "generation_config.json",
                "tokenizer.json",
                "tokenizer_config.json")) {
            assertThat(currentModel.resolve(file))
                    .hasSameBinaryContentAs(
                            currentModel.resolve("checkpoint-14").resolve(file));
        }
        JsonNode config = JSON.readTree(currentModel.resolve("config.json"));
        assertThat(config.get("architectures").get(0).asString()).isEqualTo("LlamaForCausalLM");
        assertThat(config.get("model_type").asString()).isEqualTo("llama");
        assertThat(config.get("torch_dtype").asString()).isEqualTo("float32");
        assertThat(config.get("num_key_value_heads").asInt()).isEqualTo(2);
        assertThat(config.get("tie_word_embeddings").asBoolean()).isTrue();
        assertThat(config.get("eos_token_id").asInt()).isEqualTo(1);
        assertThat(hidden()).isEmpty();
    }

    @Test
    void trainerStateHasTheFieldsOfHuggingFacesTrainerStateAndNoOther() throws IOException {
        train(Tiny.training(), 1);
        JsonNode state = JSON.readTree(currentModel.resolve("checkpoint-7/trainer_state.json"));
        assertThat(state.propertyNames())
                .containsExactlyInAnyOrder(
                        "best_metric",
                        "best_model_checkpoint",
                        "epoch",
                        "eval_steps",
                        "global_step",
                        "is_hyper_param_search",
                        "is_local_process_zero",
                        "is_world_process_zero",
                        "log_history",
                        "logging_steps",
                        "max_steps",
                        "num_input_tokens_seen",
                        "num_train_epochs",
                        "save_steps",
                        "stateful_callbacks",
                        "total_flos",
                        "train_batch_size",
                        "trial_name",
                        "trial_params");
        assertThat(state.get("global_step").asLong()).isEqualTo(7);
        assertThat(state.get("max_steps").asLong()).isEqualTo(7);
        assertThat(state.get("epoch").asDouble()).isEqualTo(1.0);
        assertThat(state.get("log_history")).hasSize(7);
        assertThat(state.get("log_history").get(6).propertyNames())
                .containsExactlyInAnyOrder("epoch", "grad_norm", "learning_rate", "loss", "step");
        assertThat(state.get("log_history").get(6).get("step").asLong()).isEqualTo(7);
    }

    @Test
    void aModelAtTheRootThatACrashLeftBehindItsCheckpointIsPutRightAtTheNextStart() throws IOException {
        train(Tiny.training(), 1);
        byte[] before = Files.readAllBytes(currentModel.resolve("model.safetensors"));
        train(Tiny.training(), 2);
        Files.delete(currentModel.resolve("model.safetensors"));
        Files.write(currentModel.resolve("model.safetensors"), before);

        try (TorchTrainer trainer = Trainers.in(currentModel, Tiny.training())) {
            trainer.open(_ -> {});
        }

        assertThat(currentModel.resolve("model.safetensors"))
                .hasSameBinaryContentAs(currentModel.resolve("checkpoint-14/model.safetensors"));
        assertThat(hidden()).isEmpty();
    }

    @Test
    void theSidecarKnowsTheFileAndThePositionInIt() throws IOException {
        train(Tiny.training(), 1, 2);
        JsonNode state = JSON.readTree(currentModel.resolve("checkpoint-14/stepwell_state.json"));
        assertThat(state.get("global_step").asLong()).isEqualTo(14);
        JsonNode cursor = state.get("cursor");
        assertThat(cursor.get("file_id").asLong()).isEqualTo(2);
        assertThat(cursor.get("file_name").asString()).isEqualTo("2.jsonl");
        assertThat(cursor.get("base_step").asLong()).isEqualTo(7);
        assertThat(cursor.get("batch_step").asLong()).isEqualTo(7);
        assertThat(cursor.get("batch_total_steps").asLong()).isEqualTo(7);
        assertThat(cursor.get("rows_trained").asLong()).isEqualTo(50);
        assertThat(cursor.get("completed").asBoolean()).isTrue();
    }

    @Test
    void everyCheckpointStaysUntilRetentionDeletesIt() throws IOException {
        train(new Tiny.Settings().saveSteps(2).build(), 1);
        assertThat(checkpoints())
                .containsExactlyInAnyOrder("checkpoint-2", "checkpoint-4", "checkpoint-6", "checkpoint-7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.safetensors",
                "config.json",
                "optimizer.safetensors",
                "trainer_state.json",
                "stepwell_state.json",
                "manifest.json"
            })
    void aCheckpointWithAFlippedBitIsPassedOverForTheOneBefore(String file) throws IOException {
        train(Tiny.training(), 1, 2);
        try (RandomAccessFile raw = new RandomAccessFile(newest(file).toFile(), "rw")) {
            raw.seek(raw.length() / 2);
            int held = raw.read();
            raw.seek(raw.length() / 2);
            raw.write(held ^ 1);
        }
        assertPassedOver(file.equals("manifest.json") ? "" : file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "optimizer.safetensors", "stepwell_state.json", "manifest.json"})
    void aTruncatedCheckpointIsPassedOverForTheOneBefore(String file) throws IOException {
        train(Tiny.training(), 1, 2);
        try (RandomAccessFile raw = new RandomAccessFile(newest(file).toFile(), "rw")) {
            raw.setLength(raw.length() - 1);
        }
        assertPassedOver(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "config.json", "tokenizer.json", "manifest.json"})
    void aCheckpointThatLacksAFileIsPassedOverForTheOneBefore(String file) throws IOException {
        train(Tiny.training(), 1, 2);
        Files.delete(newest(file));
        assertPassedOver(file);
    }

    private void assertPassedOver(String reason) throws IOException {
        try (TorchTrainer trainer = Trainers.of(currentModel, Tiny.training(), tokenizer)) {
            OpenedModel opened = trainer.open(_ -> {});
            assertThat(opened.globalStep()).isEqualTo(7);
            assertThat(opened.passedOver())
                    .singleElement()
                    .asString()
                    .startsWith("checkpoint-14: ")
                    .contains(reason)
                    .hasLineCount(1);
            // The file whose checkpoint was lost is trained again, over the damaged one.
            assertThat(trainer.train(Trainers.job(2), _ -> {}, Trainers.GO_ON))
                    .isInstanceOf(TrainingOutcome.Completed.class);
        }
        try (TorchTrainer trainer = Trainers.of(currentModel, Tiny.training(), tokenizer)) {
            OpenedModel opened = trainer.open(_ -> {});
            assertThat(opened.globalStep()).isEqualTo(14);
            assertThat(opened.passedOver()).isEmpty();
        }
    }

    @Test
    void ifNoCheckpointIsValidNoNewModelIsBegunInItsPlace() throws IOException {
        train(Tiny.training(), 1);
        Files.delete(currentModel.resolve("checkpoint-7/manifest.json"));
        try (TorchTrainer trainer = Trainers.of(currentModel, Tiny.training(), tokenizer)) {
            assertThatThrownBy(() -> trainer.open(_ -> {}))
                    .isInstanceOf(TrainerUnavailableException.class)
                    .hasMessageContaining("checkpoint-7: manifest.json: missing");
        }
        assertThat(checkpoints()).containsExactly("checkpoint-7");
    }

    @Test
    void leftoversOfACrashAreUndoneWhenTheModelIsOpened() throws IOException {
        train(Tiny.training(), 1, 2);
        Files.createDirectories(currentModel.resolve(".checkpoint-21.tmp"));
        Files.writeString(currentModel.resolve(".checkpoint-21.tmp/model.safetensors"), "half");
        Files.writeString(currentModel.resolve(".config.json.tmp"), "half");
        Files.createDirectories(currentModel.resolve(".deleted-checkpoint-1/x"));
        Files.move(currentModel.resolve("checkpoint-14"), currentModel.resolve(".replaced-checkpoint-14"));
        try (TorchTrainer trainer = Trainers.of(currentModel, Tiny.training(), tokenizer)) {
            assertThat(trainer.open(_ -> {}).globalStep()).isEqualTo(14);
        }
        assertThat(hidden()).isEmpty();
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsNotTheFilesFaultAndTheOneBeforeStays() throws IOException {
        try (TorchTrainer trainer = Trainers.of(currentModel, Tiny.training(), tokenizer)) {
            trainer.open(_ -> {});
            trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
            Files.delete(tokenizer);
            Recorder recorder = new Recorder();
            TrainingOutcome outcome = trainer.train(Trainers.job(2), recorder, Trainers.GO_ON);

            assertThat(outcome).isInstanceOf(Aborted.class);
            assertThat(((Aborted) outcome).type()).isEqualTo("CheckpointFailed");
            assertThat(((Aborted) outcome).message()).contains("tokenizer.json");
            assertThat(outcome.globalStep()).isEqualTo(7);
            assertThat(outcome.ledger().rowsTrained()).isZero();
            assertThat(recorder.of(CheckpointSaved.class)).isEmpty();
            assertThat(hidden()).isEmpty();

            writeTokenizer();
            assertThat(trainer.train(Trainers.job(2), recorder, Trainers.GO_ON))
                    .isInstanceOf(TrainingOutcome.Completed.class);
            assertThat(recorder.of(RolledBack.class))
                    .singleElement()
                    .matches(r -> r.fromStep() == 14 && r.toStep() == 7);
        }
    }

    @Test
    void theShapeOfTheCheckpointWinsOverTheConfiguredOne() {
        train(Tiny.training(), 1);
        try (TorchTrainer trainer = Trainers.shaped(Tiny.untied(), currentModel, Tiny.training(), tokenizer)) {
            OpenedModel opened = trainer.open(_ -> {});
            assertThat(opened.globalStep()).isEqualTo(7);
            assertThat(opened.parameters())
                    .isEqualTo(ParameterLayout.of(Tiny.model()).parameterCount());
        }
    }

    @Test
    void anotherTokenizerThanTheCheckpointsIsRefusedByName() throws IOException {
        train(Tiny.training(), 1);
        Files.writeString(tokenizer, "{\"version\": \"2.0\"}");
        try (TorchTrainer trainer = Trainers.of(currentModel, Tiny.training(), tokenizer)) {
            assertThatThrownBy(() -> trainer.open(_ -> {}))
                    .isInstanceOf(TrainerUnavailableException.class)
                    .hasMessageContaining("tokenizer.json differs from the tokenizer with which checkpoint-7");
        }
    }

    @Test
    void aTokenizerLargerThanTheModelsVocabularyIsRefusedByName() {
        ModelConfig small = ModelConfig.llama(19, 32, 48, 2, 4, 2, 32, 10_000, 1e-5, true, 0.05);
        try (TorchTrainer trainer = Trainers.shaped(small, currentModel, Tiny.training(), tokenizer)) {
            assertThatThrownBy(() -> trainer.open(_ -> {}))
                    .isInstanceOf(TrainerUnavailableException.class)
                    .hasMessageContaining("The tokenizer has 20 ids, the model's vocab_size is 19");
        }
    }

    private void train(TrainerConfig config, long... files) {
        try (TorchTrainer trainer = Trainers.of(currentModel, config, tokenizer)) {
            trainer.open(_ -> {});
            for (long file : files) {
                assertThat(trainer.train(Trainers.job(file), _ -> {}, Trainers.GO_ON))
                        .isInstanceOf(TrainingOutcome.Completed.class);
            }
        }
    }

    private Path newest(String file) {
        return currentModel.resolve("checkpoint-14").resolve(file);
    }

    private List<String> checkpoints() throws IOException {
        return names().stream().filter(name -> name.startsWith("checkpoint-")).toList();
    }

    private List<String> hidden() throws IOException {
        return names().stream().filter(name -> name.startsWith(".")).toList();
    }

    private List<String> names() throws IOException {
        try (var entries = Files.list(currentModel)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
