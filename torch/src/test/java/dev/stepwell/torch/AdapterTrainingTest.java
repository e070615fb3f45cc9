package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.training.TrainerUnavailableException;
import dev.stepwell.core.training.TrainingEvent.PreviewGenerated;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.core.training.TrainingOutcome.Completed;
import dev.stepwell.core.training.TrainingOutcome.Interrupted;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.pretrained.Golden;
import dev.stepwell.torch.pretrained.PretrainedModel;
import dev.stepwell.torch.safetensors.ElementType;
import dev.stepwell.torch.safetensors.SafetensorsFile;
import dev.stepwell.torch.testing.Recorder;
import dev.stepwell.torch.testing.SignalAfter;
import dev.stepwell.torch.testing.Tiny;
import dev.stepwell.torch.testing.Trainers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Adapters beside models that transformers saved. Files have 50 rows: 7 steps of 2 micro-batches an epoch.
class AdapterTrainingTest {
    private static final LoraConfig LORA = new LoraConfig(4, 8, 0.25, Set.copyOf(LoraConfig.ALL_LINEAR), false);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "qwen3, 1, 3, F32, false, false",
        "llama, 2, 3, BF16, false, false",
        "smollm2, 2, 8, BF16, true, true",
        "mistral, 1, 13, F32, false, true",
        "qwen2, 2, 4, BF16, true, false",
    })
    void stoppedAndContinuedWithDropoutTheAdapterIsBitForBitThatOfARunLeftAlone(
            String name,
            int threads,
            int stopAfter,
            Dtype dtype,
            boolean checkpointingBefore,
            boolean checkpointingAfter)
            throws IOException {
        Tiny.Settings settings = new Tiny.Settings().epochs(2).saveSteps(4).threads(threads);
        TrainerConfig before =
                settings.compute(new Compute(dtype, checkpointingBefore)).build();
        TrainerConfig after =
                settings.compute(new Compute(dtype, checkpointingAfter)).build();
        Path alone = directory.resolve("alone");
        Path interrupted = directory.resolve("interrupted");
        assertThat(train(name, alone, before)).isInstanceOf(Completed.class);

        try (TorchTrainer trainer = Trainers.of(adapted(name, LORA), interrupted, before)) {
            trainer.open(_ -> {});
            SignalAfter stop = SignalAfter.stop(stopAfter);
            assertThat(trainer.train(Trainers.job(1), stop, stop)).isInstanceOf(Interrupted.class);
        }
        assertThat(train(name, interrupted, after)).isInstanceOf(Completed.class);

        for (String file : List.of("adapter_model.safetensors", "optimizer.safetensors", "stepwell_state.json")) {
            assertThat(checkpoint(interrupted, 14).resolve(file))
                    .as(file)
                    .hasSameBinaryContentAs(checkpoint(alone, 14).resolve(file));
        }
    }

    @Test
    void anAdapterLearnsBesideWeightsThatAreSavedNowhere() throws IOException {
        TrainerConfig config = new Tiny.Settings().epochs(20).learningRate(1e-2).build();
        Recorder recorder = new Recorder();
        try (TorchTrainer trainer = Trainers.of(adapted("llama", LORA), directory, config)) {
            trainer.open(_ -> {});
            trainer.train(Trainers.job(1), recorder, Trainers.GO_ON);
        }

        List<StepCompleted> steps = recorder.of(StepCompleted.class);
        assertThat(steps.getLast().loss()).isLessThan(0.6 * steps.getFirst().loss());
        Path checkpoint = checkpoint(directory, 140);
        assertThat(checkpoint.resolve("adapter_model.safetensors")).exists();
        assertThat(checkpoint.resolve("model.safetensors")).doesNotExist();
        assertThat(AdapterConfigJson.read(checkpoint.resolve("adapter_config.json")))
                .isEqualTo(LORA);
        assertThat(directory.resolve("adapter_model.safetensors"))
                .as("at the root, for peft")
                .hasSameBinaryContentAs(checkpoint.resolve("adapter_model.safetensors"));
        assertThat(Files.readString(directory.resolve("adapter_config.json")))
                .contains(Golden.named("llama").folder().toString());
    }

    @Test
    void nothingNativeIsLeftBehindByFileAfterFile() throws IOException {
        List<Long> objects = new ArrayList<>();
        try (TorchTrainer trainer = Trainers.of(
                adapted("llama", LORA),
                directory,
                new Tiny.Settings().threads(2).build())) {
            trainer.open(_ -> {});
            for (long file = 1; file <= 22; file++) {
                assertThat(trainer.train(Trainers.job(file), _ -> {}, Trainers.GO_ON))
                        .isInstanceOf(Completed.class);
                objects.add(Pointer.totalCount());
            }
        }
        // Fewer, where what other tests have left is collected meanwhile.
        assertThat(objects.subList(2, 22))
                .as("native objects after each file")
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(objects.get(1)));
    }

    @Test
    void aRunGoesOnInAnotherTypeAndShowsWhatItAnswers() throws IOException {
        Tiny.Settings settings = new Tiny.Settings().evalSteps(3);
        train("llama", directory, settings.build());
        TrainerConfig rounded = settings.compute(new Compute(Dtype.BF16, false)).build();
        Recorder recorder = new Recorder();
        try (TorchTrainer trainer = Trainers.of(adapted("llama", LORA), directory, rounded)) {
            assertThat(trainer.open(_ -> {}).globalStep()).isEqualTo(7);
            assertThat(trainer.train(Trainers.job(2), recorder, Trainers.GO_ON)).isInstanceOf(Completed.class);
        }

        assertThat(recorder.of(PreviewGenerated.class)).hasSize(4);
        try (SafetensorsFile adapter =
                SafetensorsFile.open(checkpoint(directory, 14).resolve("adapter_model.safetensors"))) {
            assertThat(adapter.tensors().values()).allMatch(entry -> entry.type() == ElementType.F32);
        }
    }

    @Test
    void whatIsDroppedIsNotTheSameAtEveryStepNorWithEverySeed() throws IOException {
        TrainerConfig config = new Tiny.Settings().build();
        LoraConfig without = new LoraConfig(4, 8, 0, LORA.targetModules(), false);
        train("llama", directory.resolve("with"), config);
        try (TorchTrainer trainer = Trainers.of(adapted("llama", without), directory.resolve("without"), config)) {
            trainer.open(_ -> {});
            trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
        }

        assertThat(checkpoint(directory.resolve("with"), 7).resolve("adapter_model.safetensors"))
                .satisfies(file -> assertThat(Files.mismatch(
                                file,
                                checkpoint(directory.resolve("without"), 7).resolve("adapter_model.safetensors")))
                        .isNotNegative());
    }

    @Test
    void allWeightsOfAPretrainedModelCanBeTrainedAndItGoesOnFromItsCheckpoint() throws IOException {
        TrainerConfig config = new Tiny.Settings().build();
        ModelSource source = new ModelSource.Pretrained(Golden.named("qwen2").model(), null);
        for (long file = 1; file <= 2; file++) {
            try (TorchTrainer trainer = Trainers.of(source, directory, config)) {
                trainer.open(_ -> {});
                trainer.train(Trainers.job(file), _ -> {}, Trainers.GO_ON);
            }
        }

        assertThat(checkpoint(directory, 14).resolve("model.safetensors")).exists();
        assertThat(directory.resolve("adapter_model.safetensors")).doesNotExist();
    }

    @Test
    void aCheckpointGoesOnOnlyAsWhatItIs() throws IOException {
        TrainerConfig config = new Tiny.Settings().build();
        train("llama", directory, config);

        assertRefused(adapted("llama", new LoraConfig(8, 8, 0, LORA.targetModules(), false)), "rank 4", "rank 8");
        assertRefused(
                adapted("llama", new LoraConfig(4, 16, 0, LORA.targetModules(), false)), "scale 2.0", "scale 4.0");
        assertRefused(adapted("llama", new LoraConfig(4, 8, 0, Set.of("q_proj"), false)), "down_proj", "on q_proj");
        assertRefused(
                adapted("llama", null), "holds an adapter (method: lora)", "asks for a whole model (method: full)");
    }

    @Test
    void anAdapterGoesOnBesideTheWeightsItWasTrainedBesideAndNoOthersOfTheirShape() throws IOException {
        train("llama", directory, new Tiny.Settings().build());
        Path other = copied(Golden.named("llama").folder(), directory.resolve("other"));
        Path weights = other.resolve("model.safetensors");
        Path elsewhere = copied(other, directory.resolve("elsewhere"));
        byte[] bytes = Files.readAllBytes(weights);
        for (int i = bytes.length / 2; i < bytes.length; i += 64) {
            bytes[i] ^= 1;
        }
        Files.write(weights, bytes);

        assertRefused(source(other), "adapter of other weights", "sampled-sha256:");
        try (TorchTrainer trainer = Trainers.of(source(elsewhere), directory, new Tiny.Settings().build())) {
            assertThat(trainer.open(_ -> {}).globalStep()).isEqualTo(7);
        }
    }

    private static Path copied(Path folder, Path to) throws IOException {
        Files.createDirectory(to);
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }

    private static ModelSource source(Path folder) throws IOException {
        return new ModelSource.Pretrained(
                new PretrainedModel(folder, Golden.named("llama").model().config()), LORA);
    }

    @Test
    void whatAModelSaysOfItselfItSaysAfterAllItsWeightsAreTrained() throws IOException {
        Path folder = copied(Golden.named("qwen2").folder(), directory.resolve("base"));
        Path config = folder.resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("\"float32\"", "\"bfloat16\"")
                        .replaceFirst("\\{", "{\"somebody_s_note\": [1],"));
        Files.writeString(folder.resolve("generation_config.json"), "{\"top_p\": 0.8}");
        PretrainedModel model =
                new PretrainedModel(folder, Golden.named("qwen2").model().config());
        Path trained = directory.resolve("trained");
        try (TorchTrainer trainer =
                Trainers.of(new ModelSource.Pretrained(model, null), trained, new Tiny.Settings().build())) {
            trainer.open(_ -> {});
            trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
        }

        assertThat(Files.readString(trained.resolve("config.json")))
                .contains("somebody_s_note")
                .contains("\"dtype\" : \"float32\"")
                .doesNotContain("torch_dtype");
        assertThat(trained.resolve("generation_config.json")).hasContent("{\"top_p\": 0.8}");
    }

    @Test
    void rowsLongerThanTheModelTakesAreRefusedAtTheStart() throws IOException {
        TrainerConfig tiny = new Tiny.Settings().build();
        TrainerConfig config = new TrainerConfig(4, 1, 1, 1e-3, 0, 0, 1, 0, 1, 10, 129, 8, 1, 0, 1, Compute.DEFAULT);
        assertThat(tiny.maxLength()).isLessThan(128);
        try (TorchTrainer trainer = Trainers.of(adapted("llama", LORA), directory, config)) {
            assertThatThrownBy(() -> trainer.open(_ -> {}))
                    .isInstanceOf(TrainerUnavailableException.class)
                    .hasMessageContaining("max_length is 129")
                    .hasMessageContaining("128");
        }
    }

    private void assertRefused(ModelSource source, String found, String wanted) {
        try (TorchTrainer trainer = Trainers.of(source, directory, new Tiny.Settings().build())) {
            assertThatThrownBy(() -> trainer.open(_ -> {}))
                    .isInstanceOf(TrainerUnavailableException.class)
                    .hasMessageContaining(found)
                    .hasMessageContaining(wanted);
        }
    }

    private static TrainingOutcome train(String name, Path directory, TrainerConfig config) throws IOException {
        try (TorchTrainer trainer = Trainers.of(adapted(name, LORA), directory, config)) {
            trainer.open(_ -> {});
            return trainer.train(Trainers.job(1), _ -> {}, Trainers.GO_ON);
        }
    }

    private static ModelSource adapted(String name, @Nullable LoraConfig lora) throws IOException {
        return new ModelSource.Pretrained(Golden.named(name).model(), lora);
    }

    private static Path checkpoint(Path directory, long step) {
        return directory.resolve("checkpoint-" + step);
    }
}
