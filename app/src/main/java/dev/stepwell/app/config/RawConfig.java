package dev.stepwell.app.config;

import dev.stepwell.app.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The entries of a configuration file in their order, repeated keys included, each with the line it stands on.
///
/// Read as a stream and not as a tree: a tree forgets lines and keeps only one of two values for the same key.
///
/// @param entries  what could be read
/// @param problems why it could not be read to its end, or why it is no object; else empty
record RawConfig(List<Entry> entries, List<ConfigProblem> problems) {
    private static final JsonFactory JSON = JsonFactory.builder().build();

    /// @param name with dots where objects nest
    record Entry(String name, RawValue value, long line) {}

    RawConfig {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /// @param text     the file's content
    /// @param sections names whose values are objects with keys of their own
    static RawConfig parse(String text, Set<String> sections) {
        List<Entry> entries = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readObject(parser, "", sections, entries);
                if (parser.nextToken() != null) {
                    problems.add(new ConfigProblem(line(parser), "not JSON: something follows the closing brace"));
                }
            } else {
                problems.add(new ConfigProblem(0, "not a JSON object: it must begin with { and end with }"));
            }
        } catch (JacksonException e) {
            String reason = e.getOriginalMessage();
            long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            problems.add(new ConfigProblem(
                    Math.max(line, 0), "not JSON: " + Printable.line(reason == null ? "unreadable" : reason)));
        }
        return new RawConfig(entries, problems);
    }

    /// Reads to the closing brace. Recursion goes one section deep: other objects are skipped.
    private static void readObject(JsonParser parser, String prefix, Set<String> sections, List<Entry> entries) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = prefix + parser.currentName();
            long line = line(parser);
            RawValue value = value(parser);
            entries.add(new Entry(name, value, line));
            if (value.kind() == RawValue.Kind.OBJECT && prefix.isEmpty() && sections.contains(name)) {
                readObject(parser, name + ".", sections, entries);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static RawValue value(JsonParser parser) {
        JsonToken token = parser.nextToken();
        return switch (token) {
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new RawValue(RawValue.Kind.NUMBER, parser.getString());
            case VALUE_STRING -> new RawValue(RawValue.Kind.STRING, parser.getString());
            case VALUE_TRUE -> new RawValue(RawValue.Kind.TRUE, "");
            case VALUE_FALSE -> new RawValue(RawValue.Kind.FALSE, "");
            case VALUE_NULL -> new RawValue(RawValue.Kind.NULL, "");
            case START_ARRAY -> new RawValue(RawValue.Kind.ARRAY, "");
            case START_OBJECT -> new RawValue(RawValue.Kind.OBJECT, "");
            case NOT_AVAILABLE, PROPERTY_NAME, END_ARRAY, END_OBJECT, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("no value begins with " + token);
        };
    }

    private static long line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }
}
