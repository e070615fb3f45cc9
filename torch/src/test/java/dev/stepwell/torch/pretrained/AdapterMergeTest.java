package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.checkpoint.ModelConfigJson;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.safetensors.ElementType;
import dev.stepwell.torch.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterMergeTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"llama", "llama3-scaled", "qwen2", "mistral"})
    void theMergedModelComputesWhatModelAndAdapterCompute(String name) throws IOException {
        Golden golden = Golden.named(name);
        Path merged = merge(golden);

        ModelConfig config = ModelConfigJson.read(merged.resolve("config.json"));
        try (LlamaModel model = new LlamaModel(config, Parameters.zeros(config));
                var _ = new PointerScope()) {
            new PretrainedModel(merged, config)
                    .readInto(model.parameters().named(model.parameters().values()));
            assertThat(golden.logits(model)).containsExactly(golden.expectedLogits("lora.logits"), within(1e-4f));
        }
    }

    @Test
    void filesAndTypesAreThoseOfTheModel() throws IOException {
        Golden golden = Golden.named("smollm2");
        Path merged = merge(golden);

        for (String file : List.of("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors")) {
            try (SafetensorsFile before = SafetensorsFile.open(golden.folder().resolve(file));
                    SafetensorsFile after = SafetensorsFile.open(merged.resolve(file))) {
                assertThat(after.tensors()).isEqualTo(before.tensors());
                assertThat(after.tensors().values()).allMatch(entry -> entry.type() == ElementType.BF16);
                assertThat(after.metadata()).isEqualTo(before.metadata());
            }
        }
        assertThat(merged.resolve("model.safetensors.index.json")).exists();
    }

    @Test
    void whatIsThereIsNotTouched() throws IOException {
        Golden golden = Golden.named("llama");
        Path there = Files.createDirectory(folder.resolve("merged"));

        assertThatThrownBy(() -> merge(golden)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(there).isEmptyDirectory();
    }

    @Test
    void anAdapterOfAnotherModelIsRefusedAndNothingIsLeft() throws IOException {
        Golden golden = Golden.named("llama");
        Path adapter = Files.createDirectory(folder.resolve("adapter"));
        Files.copy(golden.folder().resolve("adapter/adapter_config.json"), adapter.resolve("adapter_config.json"));
        byte[] matrices = Files.readAllBytes(golden.folder().resolve("adapter/adapter_model.safetensors"));
        String text = new String(matrices, StandardCharsets.ISO_8859_1)
                .replace("layers.1.mlp.up_proj", "layers.9.mlp.up_proj");
        Files.write(adapter.resolve("adapter_model.safetensors"), text.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> AdapterMerge.write(golden.model(), adapter, folder.resolve("merged"), (_, _, _) -> {}))
                .hasMessageContaining("layers.9.mlp.up_proj")
                .hasMessageContaining("no part of the model");
        assertThat(folder.resolve("merged")).doesNotExist();
        assertThat(folder.resolve(".merged.tmp")).doesNotExist();
    }

    private Path merge(Golden golden) throws IOException {
        Path merged = folder.resolve("merged");
        List<Integer> done = new ArrayList<>();
        AdapterMerge.write(golden.model(), golden.folder().resolve("adapter"), merged, (_, i, _) -> done.add(i));
        assertThat(done).isNotEmpty().isSorted();
        return merged;
    }
}
