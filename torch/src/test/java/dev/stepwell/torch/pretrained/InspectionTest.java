package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.torch.model.ParameterLayout;
import dev.stepwell.torch.safetensors.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InspectionTest {
    @TempDir
    private Path folder;

    static Stream<Golden> goldens() {
        return Golden.all();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void everyModelOfTheReferenceIsUnderstoodByItsHeaders(Golden golden) throws IOException {
        Inspection found = Inspection.of(TinyFolder.of(golden, folder));
        assertThat(found.vocabulary()).isEqualTo(93);
        StoredWeights weights = found.weights();
        assertThat(weights.files()).isEqualTo(golden.name().equals("smollm2") ? 2 : 1);
        long elements = weights.bytesByType().entrySet().stream()
                .mapToLong(type -> type.getValue() / type.getKey().bytes())
                .sum();
        assertThat(elements)
                .isEqualTo(ParameterLayout.of(found.model().config()).parameterCount());
        assertThat(weights.types()).isSubsetOf(ElementType.F32, ElementType.F16, ElementType.BF16);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "config.json    | \"num_hidden_layers\": 2 | \"num_hidden_layers\": 3 | no file of it has the tensor model.layers.2",
                "config.json    | \"num_hidden_layers\": 2 | \"num_hidden_layers\": 1 | belongs to no part of a LlamaForCausalLM",
                "config.json    | \"vocab_size\": 96       | \"vocab_size\": 97       | has shape [96, 32] where the model has [97, 32]",
                "config.json    | LlamaForCausalLM         | GPT2LMHeadModel          | the architecture is GPT2LMHeadModel, supported are",
                "tokenizer.json | \"id\": 3                | \"id\": 96               | it has 97 ids, the model's vocab_size is 96",
                "tokenizer.json | \"model\"                | \"modal\"                | is not a BPE tokenizer",
            })
    void whatDoesNotBelongTogetherIsRefusedByNameAlthoughNoWeightIsRead(
            String file, String from, String to, String problem) throws IOException {
        TinyFolder.of(Golden.named("llama"), folder);
        Path changed = folder.resolve(file);
        String content = Files.readString(changed);
        Files.writeString(changed, content.replace(from, to));
        assertThat(Files.readString(changed)).isNotEqualTo(content);
        assertThatThrownBy(() -> Inspection.of(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aTokenizerThatSaysNotWhatEndsAnAnswerIsRefused() throws IOException {
        TinyFolder.of(Golden.named("llama"), folder);
        Path tokenizer = folder.resolve("tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("<|im_end|>", "</s>"));
        assertThatThrownBy(() -> Inspection.of(folder))
                .hasMessageContaining(tokenizer.toString())
                .hasMessageContaining("names no eos_token");

        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"eos_token\": {\"content\": \"</s>\"}}");
        assertThat(Inspection.of(folder).vocabulary()).isPositive();
    }

    @Test
    void aChatTemplateThatCannotBeUsedIsRefusedWithItsLine() throws IOException {
        TinyFolder.of(Golden.named("llama"), folder);
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ messages }}\n{% include 'other' %}");
        assertThatThrownBy(() -> Inspection.of(folder))
                .hasMessageContaining("its chat template cannot be read: line 2: ");
        Files.writeString(folder.resolve("chat_template.jinja"), "{{ raise_exception('never') }}");
        assertThatThrownBy(() -> Inspection.of(folder))
                .hasMessageContaining("its chat template cannot write a question and its answer: never");
    }

    @Test
    void weightsThatAreCutOffOrMissingAreRefused() throws IOException {
        TinyFolder.of(Golden.named("smollm2"), folder);
        Path shard = folder.resolve("model-00002-of-00002.safetensors");
        byte[] bytes = Files.readAllBytes(shard);
        Files.write(shard, Arrays.copyOf(bytes, bytes.length - 2));
        assertThatThrownBy(() -> Inspection.of(folder))
                .hasMessageContaining("model-00002-of-00002.safetensors: its tensors take");
        Files.delete(shard);
        assertThatThrownBy(() -> Inspection.of(folder)).hasMessageContaining("which is missing");
    }

    @Test
    void aFileAndAFolderThatIsNotThereAreNoModels() throws IOException {
        assertThatThrownBy(() -> Inspection.of(folder.resolve("none"))).hasMessageContaining("there is no such folder");
        Path file = Files.writeString(folder.resolve("model.gguf"), "GGUF");
        assertThatThrownBy(() -> Inspection.of(file)).hasMessageContaining("model.gguf: a model is a folder");
    }
}
