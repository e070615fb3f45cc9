package dev.stepwell.data.jinja;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Templates of models over whole conversations: the same text as in transformers, with the same parts generated.
class GoldenTemplatesTest {
    @TestFactory
    Stream<DynamicTest> everyTemplateWritesWhatTransformersWrites() throws IOException {
        JsonNode conversations = Golden.JSON.readTree(Files.readString(Golden.FOLDER.resolve("conversations.json")));
        return Golden.rows(Golden.FOLDER.resolve("templates.jsonl")).stream().map(row -> {
            String file = row.path("template").asString();
            String conversation = row.path("conversation").asString();
            boolean prompt = row.path("add_generation_prompt").asBoolean();
            return DynamicTest.dynamicTest(file + ", " + conversation + (prompt ? ", with prompt" : ""), () -> {
                Map<String, Object> variables = new HashMap<>();
                variables.put("bos_token", "<s>");
                variables.put("eos_token", "</s>");
                variables.put("tools", null);
                variables.putAll(Golden.variables(conversations.path(conversation)));
                variables.put("add_generation_prompt", prompt);
                Golden.check(Files.readString(Golden.FOLDER.resolve("templates").resolve(file)), variables, row);
            });
        });
    }
}
