package dev.stepwell.data.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// What `tools/golden/templates.py` wrote, and how it is compared with.
final class Golden {
    static final Path FOLDER = Path.of("src/test/resources/golden/jinja");
    static final ObjectMapper JSON = JsonMapper.builder().build();
    static final LocalDateTime NOW = LocalDateTime.of(2025, 7, 8, 9, 10, 11, 123_456_000);
    static final RenderContext CONTEXT = new RenderContext(Clock.fixed(NOW.toInstant(ZoneOffset.UTC), ZoneOffset.UTC));

    private Golden() {}

    static List<JsonNode> rows(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }

    static Map<String, Object> variables(JsonNode node) {
        return JSON.treeToValue(node, new TypeReference<>() {});
    }

    /// Renders, and holds what comes of it against a row: the same text and spans, or an error of the same kind.
    static void check(String source, Map<String, ?> variables, JsonNode expected) {
        if (!expected.has("error")) {
            Rendering rendering = Template.compile(source).render(variables, CONTEXT);
            assertThat(rendering.text()).isEqualTo(expected.path("text").asString());
            assertThat(rendering.generated()).isEqualTo(spans(expected, rendering.text()));
            return;
        }
        String kind = expected.path("error").asString();
        String message = expected.path("message").asString("");
        try {
            Rendering rendering = Template.compile(source).render(variables, CONTEXT);
            fail("%s expected, but wrote: %s", kind, rendering.text());
        } catch (TemplateException e) {
            assertThat(kind(e)).as(e.getMessage()).isEqualTo(kind);
            if (e instanceof TemplateRaisedException) {
                assertThat(e).hasMessage(message);
            } else if (e instanceof TemplateRenderException) {
                assertThat(e.getMessage()).startsWith("line ").endsWith(message);
            }
        }
    }

    private static String kind(TemplateException exception) {
        return switch (exception) {
            case TemplateSyntaxException _ -> "SYNTAX";
            case TemplateRaisedException _ -> "RAISED";
            case TemplateRenderException failure -> failure.kind().name();
        };
    }

    /// Python counts code points.
    private static List<Span> spans(JsonNode expected, String text) {
        List<Span> spans = new ArrayList<>();
        for (JsonNode span : expected.path("generated")) {
            spans.add(new Span(
                    text.offsetByCodePoints(0, span.path(0).asInt()),
                    text.offsetByCodePoints(0, span.path(1).asInt())));
        }
        return spans;
    }
}
