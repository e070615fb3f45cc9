package dev.stepwell.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.Config;
import dev.stepwell.app.config.ConfigFile;
import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.config.Method;
import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.app.daemon.Workshop.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InitTest {
    @TempDir
    private Path folder;

    @Test
    void aModelIsDescribedAndAConfigurationWrittenWithWhichItsAdapterIsTrained() throws IOException {
        Path model = model();
        Workshop workshop = new Workshop(folder.resolve("new"));
        Ran ran = workshop.stepwell("init", "--from", model.toString());

        assertThat(ran.exitCode()).as(ran.err()).isZero();
        assertThat(ran.out())
                .startsWith(model.toString())
                .contains(
                        "architecture LlamaForCausalLM",
                        "parameters   35,120",
                        "with LoRA    ",
                        "stored       140.5 kB, f32 in 1 file",
                        "context      1,024 tokens",
                        "tokenizer    2,048 tokens",
                        "lora f32 ",
                        "lora bf16 ",
                        "full f32 ",
                        "full bf16 ",
                        "fits",
                        "This machine has ",
                        "a checkpoint takes ",
                        "Wrote " + workshop.root().resolve("config.json") + ": method lora, dtype f32, batch_size ",
                        "Next: ./stepwell run --base-dir " + workshop.root());
        Config config = ConfigFile.load(workshop.root().resolve("config.json"));
        assertThat(config.get(ConfigKeys.MODEL_PATH)).contains(model.toString());
        assertThat(config.get(ConfigKeys.MODEL_NAME)).isEqualTo("model");
        assertThat(config.get(ConfigKeys.METHOD)).isEqualTo(Method.LORA);
        assertThat(config.get(ConfigKeys.BATCH_SIZE) * config.get(ConfigKeys.GRADIENT_ACCUMULATION))
                .isEqualTo(16);

        workshop.drop("a.jsonl", 16);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        assertThat(workshop.stepwell("generate", "--json", "Hi").out()).contains("\"step\":2");
    }

    @Test
    void nothingIsOverwrittenUnlessItIsForcedAndADryRunWritesNothing() throws IOException {
        Path model = model();
        Workshop workshop = new Workshop(folder.resolve("new"));
        Ran dry = workshop.stepwell("init", "--from", model.toString(), "--method", "full", "--dry-run");
        assertThat(dry.exitCode()).isZero();
        assertThat(dry.out()).contains("Would write ", "method full");
        assertThat(workshop.root()).doesNotExist();

        assertThat(workshop.stepwell("init").exitCode()).isZero();
        String before = Files.readString(workshop.root().resolve("config.json"));
        Ran again = workshop.stepwell("init", "--from", model.toString());
        assertThat(again.exitCode()).isEqualTo(3);
        assertThat(again.err()).contains("there is a config.json in", "--force overwrites it");
        assertThat(again.out()).isEmpty();
        assertThat(workshop.root().resolve("config.json")).content().isEqualTo(before);

        assertThat(workshop.stepwell("init", "--from", model.toString(), "--method", "full", "--force")
                        .exitCode())
                .isZero();
        Config forced = ConfigFile.load(workshop.root().resolve("config.json"));
        assertThat(forced.get(ConfigKeys.METHOD)).isEqualTo(Method.FULL);
        assertThat(forced.get(ConfigKeys.LEARNING_RATE)).isEqualTo(0.00002);
    }

    @Test
    void withoutAModelTheConfigurationOfTheSmallOneIsWritten() {
        Workshop workshop = new Workshop(folder.resolve("new"));
        Ran ran = workshop.stepwell("init");
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith("a new model, trained from nothing")
                .contains("parameters   1,049,728")
                .doesNotContain("lora ");
        Config config = ConfigFile.load(workshop.root().resolve("config.json"));
        assertThat(config.get(ConfigKeys.MODEL_PATH)).isEqualTo(Optional.empty());
        assertThat(config.get(ConfigKeys.BATCH_SIZE)).isEqualTo(16);
        Ran lora = workshop.stepwell("init", "--method", "lora", "--force");
        assertThat(lora.exitCode()).isEqualTo(2);
        assertThat(lora.err()).contains("--from");
    }

    @Test
    void programsAreToldInBytes() throws IOException {
        Path model = model();
        Workshop workshop = new Workshop(folder.resolve("new"));
        JsonNode found = JsonMapper.shared()
                .readTree(workshop.stepwell("init", "--from", model.toString(), "--json")
                        .out());
        assertThat(found.get("parameters").asLong()).isEqualTo(35_120);
        assertThat(found.get("stored_bytes").asLong()).isEqualTo(4 * 35_120);
        assertThat(found.get("memory")).hasSize(4);
        assertThat(found.get("chosen").get("method").asString()).isEqualTo("lora");
        assertThat(found.get("chosen").get("fits").asBoolean()).isTrue();
        assertThat(found.get("written").asString()).endsWith("config.json");
        assertThat(found.get("checkpoint_bytes").asLong())
                .isEqualTo(12 * found.get("trainable").asLong());
    }

    @Test
    void aFolderThatCannotBeTrainedIsRefusedByNameAndNothingIsWritten() throws IOException {
        Path model = model();
        Files.writeString(
                model.resolve("config.json"),
                Files.readString(model.resolve("config.json")).replace("LlamaForCausalLM", "MambaForCausalLM"));
        Workshop workshop = new Workshop(folder.resolve("new"));
        Ran ran = workshop.stepwell("init", "--from", model.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .contains("cannot be trained: config.json: the architecture is MambaForCausalLM", "docs/models.md");
        assertThat(ran.err().lines()).hasSize(1);
        assertThat(workshop.root().resolve("config.json")).doesNotExist();
        assertThat(workshop.stepwell("init", "--from", folder.resolve("none").toString())
                        .err())
                .contains("there is no such folder");
        assertThat(workshop.stepwell("init", "--from", "").err()).contains("--from is empty");
        assertThat(workshop.stepwell("init", "--method", "adapter").err()).contains("is not one of full, lora");
    }

    /// The model of a daemon that has trained one from nothing.
    private Path model() throws IOException {
        Workshop workshop = Workshop.in(folder.resolve("trained"));
        workshop.drop("a.jsonl", 2);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        return Files.move(workshop.root().resolve("current_model"), folder.resolve("model"));
    }
}
