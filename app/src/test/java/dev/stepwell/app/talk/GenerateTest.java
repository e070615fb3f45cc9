package dev.stepwell.app.talk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.daemon.Workshop;
import dev.stepwell.app.daemon.Workshop.Ran;
import dev.stepwell.app.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The command, on models that a real daemon trained.
class GenerateTest {
    private static final String ASKED = "What is 🎉?";

    @TempDir
    private Path folder;

    @Test
    void thePromptComesFromTheArgumentOrStandardInputAndTheAnswerIsTheSame() throws IOException {
        Workshop workshop = trained();
        Map<String, Long> before = contents(workshop.root());
        JsonNode json = json(workshop, ASKED);
        String text = json.get("text").asString();

        assertThat(text).isNotBlank().doesNotContain("\uFFFD");
        assertThat(json.get("model").asString()).isEqualTo("checkpoint-8");
        assertThat(json.get("step").asLong()).isEqualTo(8);
        assertThat(json.get("finish_reason").asString()).isIn("stop", "length");
        assertThat(json.get("completion_tokens").asInt()).isBetween(1, 20);
        assertThat(json.get("prompt_tokens").asInt()).isGreaterThan(10);
        assertThat(json.get("tokens_per_second").asDouble()).isPositive();

        String shown = line(text);
        assertThat(answer(workshop.stepwell("generate", "--max-tokens", "20", ASKED)))
                .isEqualTo(shown);
        assertThat(answer(workshop.told(ASKED + "\n", false, "generate", "--max-tokens", "20")))
                .isEqualTo(shown);
        assertThat(answer(workshop.told(ASKED, true, "generate", "--max-tokens", "20", "-")))
                .isEqualTo(shown);
        assertThat(contents(workshop.root())).as("nothing is written").isEqualTo(before);
    }

    @Test
    void anotherCheckpointIsChosenByStepNameOrFolderAndAnUnknownOneIsToldWithThoseThereAre() throws IOException {
        Workshop workshop = trained();
        String older = json(workshop, "--checkpoint", "7", ASKED).toString();
        assertThat(older).contains("\"checkpoint-7\"", "\"step\":7");
        assertThat(json(workshop, "--checkpoint", "checkpoint-7", ASKED)
                        .get("step")
                        .asLong())
                .isEqualTo(7);
        Path moved = folder.resolve("elsewhere");
        Files.move(workshop.root().resolve("current_model/checkpoint-7"), moved);
        assertThat(json(workshop, "--checkpoint", moved.toString(), ASKED)
                        .get("step")
                        .asLong())
                .isEqualTo(7);
        assertThat(json(workshop, "--checkpoint", "current_model", ASKED)
                        .get("step")
                        .isNull())
                .isTrue();

        Ran unknown = workshop.stepwell("generate", "--checkpoint", "7", ASKED);
        assertThat(unknown.exitCode()).isEqualTo(3);
        assertThat(unknown.err()).contains("no checkpoint '7'", "there are checkpoint-8;", "folder of any model");
        assertThat(unknown.err().lines()).hasSize(1);
    }

    @Test
    void aDamagedCheckpointIsPassedOverAloudAndRefusedByNameWhereItWasNamed() throws IOException {
        Workshop workshop = trained();
        Files.writeString(workshop.root().resolve("current_model/checkpoint-8/model.safetensors"), "?");

        Ran ran = workshop.stepwell("generate", "--json", ASKED);
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("\"step\":7");
        assertThat(ran.err()).contains("stepwell: passed over: checkpoint-8: model.safetensors: 1 bytes instead of");

        Ran named = workshop.stepwell("generate", "--checkpoint", "8", ASKED);
        assertThat(named.exitCode()).isEqualTo(1);
        assertThat(named.err()).contains("cannot be loaded: model.safetensors: 1 bytes", "--checkpoint");

        Files.delete(workshop.root().resolve("current_model/checkpoint-7/manifest.json"));
        Ran none = workshop.stepwell("generate", ASKED);
        assertThat(none.exitCode()).isEqualTo(1);
        assertThat(none.err()).contains("none of the checkpoints", "is valid", "snapshot");
    }

    @Test
    void whereNothingIsTrainedYetItSaysWhatToDo() throws IOException {
        Ran nowhere = new Workshop(folder.resolve("nowhere")).stepwell("generate", ASKED);
        assertThat(nowhere.exitCode()).isEqualTo(3);
        assertThat(nowhere.err()).contains("nothing is trained yet in", "--base-dir", "./stepwell demo");
        assertThat(folder.resolve("nowhere")).doesNotExist();
        assertThat(Workshop.in(folder.resolve("fresh"))
                        .stepwell("generate", ASKED)
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void theModelOfModelPathAnswersUntilAnAdapterIsTrainedAndThenTheAdapterDoes() throws IOException {
        Path model = folder.resolve("model");
        Files.move(trained().root().resolve("current_model"), model);
        Workshop adapting = Workshop.in(folder.resolve("adapting"));
        adapting.configure("model_path", "\"" + model + "\"");
        adapting.configure("method", "\"lora\"");
        adapting.configure("learning_rate", "0.05");

        Ran before = adapting.stepwell("generate", "--json", ASKED);
        assertThat(before.exitCode()).isZero();
        assertThat(before.err()).contains("nothing is trained yet", "the model of model_path answers as it is");
        assertThat(before.out()).contains("\"model\":\"model\",\"step\":null");

        adapting.drop("b.jsonl", 9);
        assertThat(adapting.stepwell("run", "--once").exitCode()).isZero();
        JsonNode after = json(adapting, ASKED);
        assertThat(after.get("step").asLong()).isEqualTo(9);
        assertThat(after.get("text"))
                .isNotEqualTo(JsonMapper.shared().readTree(before.out()).get("text"));

        // The adapter names the folder of its model, and needs no configuration to be found.
        Path adapter = folder.resolve("adapter");
        Files.move(adapting.root().resolve("current_model/checkpoint-9"), adapter);
        assertThat(json(new Workshop(folder.resolve("nowhere")), "--checkpoint", adapter.toString(), ASKED)
                        .get("text"))
                .isEqualTo(after.get("text"));
        Files.move(model, folder.resolve("gone"));
        Ran lost = adapting.stepwell("generate", "--checkpoint", adapter.toString(), ASKED);
        assertThat(lost.exitCode()).isEqualTo(1);
        assertThat(lost.err()).contains("cannot be loaded", model.toString());
    }

    @Test
    void inAConversationTheModelSeesWhatWasSaidBeforeUntilItIsStartedAfresh() throws IOException {
        Workshop workshop = trained();
        String first = json(workshop, "one").get("text").asString();
        Path history = folder.resolve("history.json");
        Files.writeString(
                history,
                JsonMapper.shared()
                        .writeValueAsString(List.of(
                                Map.of("role", "user", "content", "one"),
                                Map.of("role", "assistant", "content", first),
                                Map.of("role", "user", "content", "two"))));
        String second =
                json(workshop, "--messages", history.toString()).get("text").asString();
        String alone = json(workshop, "two").get("text").asString();
        assertThat(second).isNotEqualTo(alone);

        Ran talk = workshop.told(
                "one\n\ntwo\n/new\ntwo\n/nwe\n/exit\nnever read\n", true, "generate", "--max-tokens", "20");
        assertThat(talk.exitCode()).isZero();
        assertThat(talk.err()).isEmpty();
        assertThat(talk.out())
                .startsWith("stepwell-mini, checkpoint-8. /new starts afresh,")
                .contains("> " + line(first), "> > " + line(second), "> > " + line(alone), "(no command /nwe: /new")
                .endsWith("> ");
        Ran lines = workshop.told("one\\\ntwo\n", true, "generate", "--max-tokens", "20");
        assertThat(lines.out())
                .contains("> " + line(json(workshop, "one\ntwo").get("text").asString()));
        assertThat(workshop.told("", true, "generate").out()).as("Ctrl-D").endsWith("> " + System.lineSeparator());
    }

    @Test
    void aQuestionTooManyEndsNoConversation() throws IOException {
        Workshop workshop = trained();
        String tooLong = "word ".repeat(1_100);
        Ran once = workshop.stepwell("generate", tooLong);
        assertThat(once.exitCode()).isEqualTo(2);
        assertThat(once.err())
                .contains("the prompt has ", " tokens, and the model takes 1,024 together with its answer; shorten it");
        Ran talk = workshop.told(tooLong + "\none\n", true, "generate", "--max-tokens", "20");
        assertThat(talk.exitCode()).isZero();
        assertThat(talk.out())
                .contains("(the prompt has ", "/new starts afresh)")
                .contains("> " + line(json(workshop, "one").get("text").asString()));
    }

    @Test
    void messagesThatCannotBeAnsweredAreRefusedByName() throws IOException {
        Workshop workshop = trained();
        Path file = folder.resolve("messages.json");
        Files.writeString(file, """
                [{"role": "system", "content": "be brief"}, {"role": "user", "content": "one"}]""");
        assertThat(workshop.stepwell("generate", "--messages", file.toString()).exitCode())
                .isZero();
        assertThat(json(workshop, "--messages", file.toString(), "two")
                        .get("prompt_tokens")
                        .asInt())
                .isGreaterThan(json(workshop, "--messages", file.toString())
                        .get("prompt_tokens")
                        .asInt());
        assertThat(refusal(workshop, "--messages", file.toString(), "--system", "x"))
                .contains("has a system message already");
        Files.writeString(file, """
                [{"role": "user", "content": "one"}, {"role": "assistant", "content": "two"}]""");
        assertThat(refusal(workshop, "--messages", file.toString())).contains("no message to be answered");
        Files.writeString(file, "{}");
        assertThat(refusal(workshop, "--messages", file.toString())).contains("is an object, expected a list");
        assertThat(refusal(workshop, "--messages", folder.resolve("none.json").toString()))
                .contains("none.json");
    }

    @Test
    void whatIsDrawnIsTheSameForTheSameSeedAndNeedsNoChatTemplate() throws IOException {
        Workshop workshop = trained();
        JsonNode drawn = json(workshop, "--temperature", "2", "--seed", "1", ASKED);
        assertThat(json(workshop, "--temperature", "2", "--seed", "1", ASKED).get("text"))
                .isEqualTo(drawn.get("text"));
        assertThat(json(workshop, "--temperature", "2", "--seed", "2", ASKED).get("text"))
                .isNotEqualTo(drawn.get("text"));
        assertThat(json(workshop, "--temperature", "2", "--top-k", "1", ASKED).get("text"))
                .isEqualTo(json(workshop, ASKED).get("text"));
        assertThat(json(workshop, "--raw", ASKED).get("prompt_tokens").asInt())
                .isLessThan(json(workshop, ASKED).get("prompt_tokens").asInt());
    }

    private static String refusal(Workshop workshop, String... args) {
        Ran ran = workshop.stepwell(
                Stream.concat(Stream.of("generate"), Stream.of(args)).toArray(String[]::new));
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err().lines()).hasSize(1);
        return ran.err();
    }

    private static JsonNode json(Workshop workshop, String... args) {
        Ran ran =
                workshop.stepwell(Stream.concat(Stream.of("generate", "--json", "--max-tokens", "20"), Stream.of(args))
                        .toArray(String[]::new));
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return JsonMapper.shared().readTree(ran.out());
    }

    private static String answer(Ran ran) {
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        return ran.out();
    }

    /// What is printed of an answer.
    private static String line(String text) {
        return Printable.text(text) + (text.endsWith("\n") ? "" : System.lineSeparator());
    }

    /// A model of checkpoints 7 and 8.
    private Workshop trained() throws IOException {
        Workshop workshop = Workshop.in(folder.resolve("base"));
        // Wide initial weights, so that it says many things and no two scores are nearly equal.
        Path config = workshop.root().resolve("config.json");
        Files.writeString(
                config,
                Files.readString(config)
                        .replace("\"hidden_size\": 16,", "\"hidden_size\": 16, \"initializer_range\": 0.5,"));
        workshop.drop("a.jsonl", 8);
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
        return workshop;
    }

    private static Map<String, Long> contents(Path root) throws IOException {
        Map<String, Long> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(file.toString(), Files.getLastModifiedTime(file).toMillis());
            }
        }
        return contents;
    }
}
