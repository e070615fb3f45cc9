package dev.stepwell.torch.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.RowOrder;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.checkpoint.CheckpointFiles;
import dev.stepwell.torch.checkpoint.SavePoint;
import dev.stepwell.torch.checkpoint.StepwellState;
import dev.stepwell.torch.model.FrozenWeights;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.safetensors.Safetensors;
import dev.stepwell.torch.safetensors.SafetensorsFile;
import dev.stepwell.torch.testing.CopyTask;
import dev.stepwell.torch.testing.IdTokenizer;
import dev.stepwell.torch.testing.Tiny;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Adapters that were trained here, held against what PEFT computes with them: `tools/golden/ours.py` loaded these very
/// files with it.
class OurAdapterTest {
    private final PointerScope scope = new PointerScope();

    @TempDir
    private Path written;

    static Stream<Golden> goldens() {
        return Golden.all();
    }

    @AfterEach
    void free() {
        scope.close();
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void logitsAreThoseThatPeftComputes(Golden golden) throws IOException {
        try (LlamaModel model = load(golden);
                SafetensorsFile expected = SafetensorsFile.open(ours(golden, "expected.safetensors"))) {
            Tensor logits = torch.zeros(expected.entry("logits").shape().stream()
                    .mapToLong(Long::longValue)
                    .toArray());
            expected.read("logits", logits);

            assertThat(golden.logits(model)).containsExactly(Golden.floats(logits), within(1e-4f));
        }
    }

    @ParameterizedTest
    @MethodSource("goldens")
    void whatIsWrittenIsByteForByteWhatPeftHasLoaded(Golden golden) throws IOException {
        StepwellState state = new StepwellState(
                StepwellState.SCHEMA_VERSION, 7, 1, RowOrder.NAME, null, Instant.EPOCH.toString(), null, null);
        try (LlamaModel model = load(golden);
                AdamW optimizer = new AdamW(model.parameters(), 0)) {
            new CheckpointFiles(
                            new Tiny.Settings().build(),
                            new IdTokenizer(CopyTask.VOCABULARY),
                            null,
                            AdapterForPeft.source(golden))
                    .write(written, model, optimizer, state, List.of(), SavePoint.Observer.NONE);
        }

        assertThat(written.resolve("adapter_model.safetensors"))
                .hasSameBinaryContentAs(ours(golden, "adapter_model.safetensors"));
        assertThat(described(written.resolve("adapter_config.json")))
                .isEqualTo(described(ours(golden, "adapter_config.json")));
    }

    /// What the configuration says but for the place of the model.
    private static ObjectNode described(Path file) {
        ObjectNode json = JsonMapper.shared().readValue(file.toFile(), ObjectNode.class);
        assertThat(json.remove("base_model_name_or_path").asString()).isNotBlank();
        return json;
    }

    private static LlamaModel load(Golden golden) throws IOException {
        ModelConfig config = golden.model().config();
        LoraConfig lora = AdapterConfigJson.read(ours(golden, "adapter_config.json"));
        LlamaModel model = new LlamaModel(config, FrozenWeights.zeros(config), lora, Parameters.adapters(config, lora));
        golden.model().readInto(model.frozen().named());
        Safetensors.readInto(
                ours(golden, "adapter_model.safetensors"),
                model.parameters().named(model.parameters().values()));
        return model;
    }

    private static Path ours(Golden golden, String file) {
        return golden.folder().resolve("ours").resolve(file);
    }
}
