package dev.stepwell.data.jinja;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// What must hold of a template whatever it is, and whatever it is given: it is compiled or refused, rendered or
/// refused, by name and within its limits; the same a second time; and what was generated lies in the text.
///
/// An input is a template, and behind a NUL the variables as JSON, without which there is a conversation.
///
/// Jazzer calls this with inputs that it makes from coverage, see `tools/fuzz.sh`; [TemplateFuzzerTest] with those that
/// are kept.
public final class TemplateFuzzer {
    private static final Limits LIMITS = new Limits(200_000, 200, 1 << 16, 1 << 14, 1 << 10, 1 << 20, 1 << 12);
    private static final RenderContext CONTEXT =
            new RenderContext(Clock.fixed(Instant.ofEpochSecond(1_751_965_811), ZoneOffset.UTC), LIMITS);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, Object> CONVERSATION = variables("""
            {"messages": [{"role": "system", "content": " Be brief.\\n"},
                          {"role": "user", "content": "What is 7 × 6?"},
                          {"role": "assistant", "content": null, "tool_calls": [
                              {"type": "function", "function": {"name": "f", "arguments": {"a": [7, 6.5, true, null]}}}]},
                          {"role": "tool", "name": "f", "content": "42"},
                          {"role": "assistant", "content": "<think>\\nhm\\n</think>\\n42 🎉"}],
             "tools": [{"type": "function", "function": {"name": "f", "parameters": {"b": {}, "a": ["x"]}}}],
             "bos_token": "<s>", "eos_token": "</s>", "add_generation_prompt": false, "n": -3, "x": 2.5}
            """);

    private TemplateFuzzer() {}

    /// Jazzer's entry point.
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        if (end < 0) {
            check(text, CONVERSATION);
            return;
        }
        Map<String, Object> variables;
        try {
            variables = variables(text.substring(end + 1));
        } catch (JacksonException _) {
            return; // Not what is tried here.
        }
        check(text.substring(0, end), variables);
    }

    private static void check(String source, Map<String, Object> variables) {
        Template template;
        try {
            template = Template.compile(source);
        } catch (TemplateSyntaxException e) {
            named(e);
            return;
        }
        String first = outcome(template, variables);
        require(first.equals(outcome(template, variables)), "another outcome the second time: " + first);
    }

    private static String outcome(Template template, Map<String, Object> variables) {
        try {
            Rendering rendering = template.render(variables, CONTEXT);
            int from = 0;
            for (Span span : rendering.generated()) {
                require(span.start() >= from && span.end() >= span.start(), rendering.generated());
                from = span.end();
            }
            require(from <= rendering.text().length(), rendering.generated());
            require(
                    rendering.text().length() <= LIMITS.outputChars(),
                    rendering.text().length());
            return rendering.generated() + rendering.text();
        } catch (TemplateRaisedException e) {
            return String.valueOf(e.getMessage());
        } catch (TemplateRenderException e) {
            named(e);
            return e.kind() + " " + e.getMessage();
        }
    }

    private static void named(TemplateException e) {
        String message = String.valueOf(e.getMessage());
        require(message.matches("(?s)line \\d+: .+"), message);
    }

    private static Map<String, Object> variables(String json) {
        Map<String, Object> variables = JSON.readValue(json, new TypeReference<>() {});
        return variables == null ? Map.of() : variables;
    }

    private static void require(boolean holds, Object what) {
        if (!holds) {
            throw new AssertionError(what.toString());
        }
    }
}
