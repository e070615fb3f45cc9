package dev.stepwell.data.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// The shared templates, rendered as Hugging Face's own environment did.
class SharedTemplatesTest {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final RenderContext CONTEXT =
            new RenderContext(Clock.fixed(Instant.parse("2025-07-08T09:10:11Z"), ZoneOffset.UTC));

    @TestFactory
    Stream<DynamicTest> everyTemplateWritesWhatTheReferenceWrites() throws IOException {
        Path folder = SharedData.folder("chat-templates");
        JsonNode conversations =
                JSON.readTree(folder.resolve("conversations.json").toFile());
        List<String> lines = Files.readAllLines(folder.resolve("expected.jsonl"));
        assertThat(lines).hasSize(228);
        return lines.stream().map(JSON::readTree).map(expected -> {
            String name = expected.path("template").asString() + ", "
                    + expected.path("conversation").asString()
                    + (expected.path("add_generation_prompt").asBoolean() ? ", with prompt" : "");
            JsonNode conversation =
                    conversations.path(expected.path("conversation").asString());
            return DynamicTest.dynamicTest(name, () -> check(folder, conversation, expected));
        });
    }

    private static void check(Path folder, JsonNode conversation, JsonNode expected) throws IOException {
        Path file = folder.resolve(expected.path("template").asString());
        Template template = Template.compile(Files.readString(file));
        Map<String, Object> variables = new HashMap<>();
        variables.put("messages", JSON.treeToValue(conversation.path("messages"), Object.class));
        variables.put("tools", JSON.treeToValue(conversation.path("tools"), Object.class));
        variables.put(
                "add_generation_prompt", expected.path("add_generation_prompt").asBoolean());
        variables.put("bos_token", expected.path("bos_token").asString());
        variables.put("eos_token", expected.path("eos_token").asString());
        if (expected.has("expected")) {
            assertThat(template.render(variables, CONTEXT).text())
                    .isEqualTo(expected.path("expected").asString());
        } else {
            String error = expected.path("error").asString();
            assertThatThrownBy(() -> template.render(variables, CONTEXT))
                    .isInstanceOf(TemplateRaisedException.class)
                    .hasMessage(error.substring("TemplateError: ".length()));
        }
    }
}
