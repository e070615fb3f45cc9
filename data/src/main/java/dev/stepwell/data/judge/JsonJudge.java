package dev.stepwell.data.judge;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Both texts are the same JSON: order of members, white space and the way of writing a number do not count. Fences of
/// Markdown around it are taken away. A golden answer that is no JSON makes none right.
final class JsonJudge implements Judge {
    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public boolean right(String prompt, String golden, String answer) {
        Optional<JsonNode> wanted = tree(golden);
        Optional<JsonNode> given = tree(answer);
        return wanted.isPresent() && given.isPresent() && SameJson.same(wanted.get(), given.get());
    }

    private Optional<JsonNode> tree(String text) {
        try {
            JsonNode node = mapper.readTree(unfenced(text));
            return node == null || node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException _) {
            return Optional.empty(); // Not JSON, which is an answer like any other: a wrong one.
        }
    }

    private static String unfenced(String text) {
        String stripped = text.strip();
        if (!stripped.startsWith("```") || !stripped.endsWith("```") || stripped.length() < 6) {
            return stripped;
        }
        int line = stripped.indexOf('\n');
        return line < 0 ? stripped : stripped.substring(line + 1, stripped.length() - 3);
    }
}
