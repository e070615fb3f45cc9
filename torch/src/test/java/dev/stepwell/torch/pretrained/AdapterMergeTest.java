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
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({"smollm2, 5000000000, 1", "smollm2, 20000, 2", "llama, 30000, 4"})
    void tensorsKeepTheirTypesAndAreSpreadOverFilesOfAtMostSoManyBytes(String name, long limit, int files)
            throws IOException {
        Golden golden = Golden.named(name);
        Path merged = folder.resolve("merged");
        List<String> written = new ArrayList<>();
        AdapterMerge.write(
                golden.model(),
                golden.folder().resolve("adapter"),
                merged,
                (file, done, of) -> {
                    written.add(file.getFileName().toString());
                    assertThat(done).isEqualTo(written.size());
                    assertThat(of).isEqualTo(files);
                },
                limit);

        assertThat(WeightFiles.in(merged).stream()
                        .map(file -> file.getFileName().toString()))
                .containsExactlyElementsOf(written);
        assertThat(merged.resolve("model.safetensors.index.json").toFile().exists())
                .isEqualTo(files > 1);
        for (String file : written) {
            assertThat(Files.size(merged.resolve(file))).isLessThan(limit + 4_000);
        }
        assertThat(types(merged)).isEqualTo(types(golden.folder()));
    }

    private static Map<String, ElementType> types(Path model) throws IOException {
        Map<String, ElementType> types = new TreeMap<>();
        for (Path path : WeightFiles.in(model)) {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                file.tensors().forEach((tensor, entry) -> types.put(tensor, entry.type()));
            }
        }
        return types;
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

    @Test
    void anAdapterOfOtherWeightsIsRefusedWhereItsFolderSaysWhichAndNothingIsLeft() throws IOException {
        Golden golden = Golden.named("llama");
        Path adapter = Files.createDirectory(folder.resolve("adapter"));
        for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
            Files.copy(golden.folder().resolve("adapter").resolve(file), adapter.resolve(file));
        }
        Path merged = folder.resolve("merged");
        say(adapter, "sampled-sha256:00");
        assertThatThrownBy(() -> AdapterMerge.write(golden.model(), adapter, merged, (_, _, _) -> {}))
                .hasMessageContaining("beside other weights than those in " + golden.folder());
        assertThat(merged).doesNotExist();

        say(adapter, golden.model().fingerprint());
        AdapterMerge.write(golden.model(), adapter, merged, (_, _, _) -> {});
        assertThat(merged.resolve("model.safetensors")).exists();
    }

    @Test
    void atTheRootTheCheckpointSaysWhichFromWhichTheAdapterIs() throws IOException {
        Golden golden = Golden.named("llama");
        Path root = Files.createDirectory(folder.resolve("current_model"));
        for (String place : List.of(".", "checkpoint-7", "checkpoint-9")) {
            Path adapter = Files.createDirectories(root.resolve(place));
            for (String file : List.of("adapter_config.json", "adapter_model.safetensors")) {
                Files.copy(golden.folder().resolve("adapter").resolve(file), adapter.resolve(file));
            }
        }
        // The newest is of another adapter, as after a save that was cut short.
        Files.writeString(root.resolve("checkpoint-9/adapter_model.safetensors"), "another");
        say(root.resolve("checkpoint-9"), golden.model().fingerprint());
        Path merged = folder.resolve("merged");
        say(root.resolve("checkpoint-7"), "sampled-sha256:00");
        assertThatThrownBy(() -> AdapterMerge.write(golden.model(), root, merged, (_, _, _) -> {}))
                .hasMessageContaining("beside other weights than those in " + golden.folder());
        assertThat(merged).doesNotExist();

        say(root.resolve("checkpoint-7"), golden.model().fingerprint());
        AdapterMerge.write(golden.model(), root, merged, (_, _, _) -> {});
        assertThat(merged.resolve("model.safetensors")).exists();
    }

    private static void say(Path adapter, String base) throws IOException {
        Files.writeString(adapter.resolve("stepwell_state.json"), """
                {"schema_version": 1, "global_step": 1, "seed": 1, "row_order": "any", "saved_at": "", "base": "%s"}
                """.formatted(base));
    }

    private Path merge(Golden golden) throws IOException {
        Path merged = folder.resolve("merged");
        List<Integer> done = new ArrayList<>();
        AdapterMerge.write(golden.model(), golden.folder().resolve("adapter"), merged, (_, i, _) -> done.add(i));
        assertThat(done).isNotEmpty().isSorted();
        return merged;
    }
}
