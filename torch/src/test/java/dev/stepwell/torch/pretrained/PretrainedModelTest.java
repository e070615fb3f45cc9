package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.torch.Architecture;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.checkpoint.ModelConfigJson;
import dev.stepwell.torch.model.FrozenWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Folders that are not what they should be: each is refused by the name of what is wrong.
class PretrainedModelTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderWithoutConfigurationIsNoModel() {
        assertThatThrownBy(() -> PretrainedModel.open(folder))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("config.json");
    }

    @Test
    void pickledWeightsAreRefusedWithTheRemedy() throws IOException {
        copy("llama");
        Files.move(folder.resolve("model.safetensors"), folder.resolve("pytorch_model.bin"));

        assertThatThrownBy(() -> PretrainedModel.open(folder))
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("save_pretrained");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LlamaForCausalLM  | GPTNeoXForCausalLM | architecture is GPTNeoXForCausalLM, supported are LlamaForCausalLM",
                "\"silu\"          | \"gelu\"           | hidden_act is gelu",
                "\"hidden_size\": 32 | \"hidden_size\": 0 | hidden_size is 0",
                "\"num_key_value_heads\": 2 | \"num_key_value_heads\": 3 | multiple of num_key_value_heads 3",
                "\"head_dim\": 8   | \"head_dim\": 7    | head_dim 7 must be even",
                "\"rope_type\": \"default\" | \"rope_type\": \"yarn\" | rope_type is yarn",
                "\"use_cache\": true | \"quantization_config\": {\"bits\": 4} | quantization_config is",
            })
    void aConfigurationThatCannotBeComputedHereIsRefusedByName(String from, String to, String problem)
            throws IOException {
        copy("llama");
        Path config = folder.resolve("config.json");
        String changed = Files.readString(config).replace(from, to);
        assertThat(changed).isNotEqualTo(Files.readString(config));
        Files.writeString(config, changed);

        assertThatThrownBy(() -> ModelConfigJson.read(config))
                .hasMessageContaining("config.json")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 3 | tensor model.layers.2",
                "\"num_hidden_layers\": 2 | \"num_hidden_layers\": 1 | belongs to no part of a LlamaForCausalLM",
                "\"vocab_size\": 96       | \"vocab_size\": 97       | has shape [96, 32] where the model has [97, 32]",
                "\"mlp_bias\": false      | \"mlp_bias\": true       | mlp.gate_proj.bias",
            })
    void weightsThatDoNotFitTheConfigurationAreRefusedByName(String from, String to, String problem)
            throws IOException {
        copy("llama");
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace(from, to));

        assertThatThrownBy(this::read).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model-00001-of-00002.safetensors | ../model.safetensors | no file beside it",
                "model-00001-of-00002.safetensors | gone.safetensors     | gone.safetensors, which is missing",
                "\"weight_map\"                   | \"weights\"          | no weight_map",
                "{                                | [                    | not JSON",
            })
    void aDamagedIndexIsRefusedByName(String from, String to, String problem) throws IOException {
        copy("smollm2");
        Path index = folder.resolve("model.safetensors.index.json");
        Files.writeString(index, Files.readString(index).replace(from, to));

        assertThatThrownBy(this::read).hasMessageContaining(problem);
    }

    @Test
    void aShardThatIsCutOffIsRefused() throws IOException {
        copy("smollm2");
        Path shard = folder.resolve("model-00002-of-00002.safetensors");
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, Arrays.copyOf(bytes, bytes.length - 2));

        assertThatThrownBy(this::read).hasMessageContaining("model-00002-of-00002.safetensors");
    }

    @Test
    void whatTheReferenceWritesIsUnderstood() throws IOException {
        ModelConfig scaled = Golden.named("llama3-scaled").model().config();
        assertThat(scaled.rope().theta()).isEqualTo(500);
        assertThat(scaled.rope().scaling()).isNotNull();
        ModelConfig mistral = Golden.named("mistral").model().config();
        assertThat(mistral.architecture()).isEqualTo(Architecture.MISTRAL);
        assertThat(mistral.slidingWindow()).isEqualTo(7);
    }

    private void read() throws IOException {
        PretrainedModel model = PretrainedModel.open(folder);
        try (FrozenWeights weights = FrozenWeights.zeros(model.config())) {
            model.readInto(weights.named());
        }
    }

    /// A reference model, with something in the place of the tokenizer that it does not have.
    private void copy(String name) throws IOException {
        try (var files = Files.list(Golden.named(name).folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
        Files.writeString(folder.resolve("tokenizer.json"), "{}");
    }
}
