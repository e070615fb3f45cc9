package dev.stepwell.data.rows;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Why a row has no known shape, and what can be done about it.
///
/// @param keys    its keys whose value is not null, in order
/// @param nullKey a key by which shapes are known, but whose value is null; null if there is none
record NoShape(List<String> keys, @Nullable String nullKey, FieldMapping mapping) {
    private static final int KEYS_SHOWN = 5;
    /// Names that people give to what is asked and what is answered.
    private static final List<String> QUESTIONS =
            List.of("question", "query", "problem", "user", "human", "instruction", "input", "prompt", "source");
    private static final List<String> ANSWERS =
            List.of("answer", "response", "solution", "assistant", "output", "completion", "reply", "target");
    private static final List<String> DIALOGS = List.of("dialog", "dialogue", "conversation", "chat", "turns");

    String reason() {
        if (keys.isEmpty()) {
            return nullKey == null ? "the object is empty" : Quoted.of(nullKey) + " is null";
        }
        Optional<String> fields = fields();
        if (fields.isEmpty() && keys.contains("prompt")) {
            return "the row has a prompt but no completion";
        }
        if (fields.isEmpty() && keys.contains("completion")) {
            return "the row has a completion but no prompt";
        }
        if (nullKey != null) {
            return Quoted.of(nullKey) + " is null";
        }
        String shown = keys.stream().limit(KEYS_SHOWN).map(Quoted::of).collect(Collectors.joining(", "));
        int more = keys.size() - KEYS_SHOWN;
        return "no known shape: found %s%s; %s"
                .formatted(shown, more > 0 ? " and %d more".formatted(more) : "", fields.orElseGet(this::expected));
    }

    /// How to name the fields, if it can be guessed.
    private Optional<String> fields() {
        Optional<String> question = firstOf(QUESTIONS);
        Optional<String> answer = firstOf(ANSWERS);
        if (question.isPresent() && answer.isPresent()) {
            return Optional.of("name them in config.json: \"fields\": {\"user\": \"%s\", \"assistant\": \"%s\"}"
                    .formatted(question.get(), answer.get()));
        }
        return firstOf(DIALOGS).map("name it in config.json: \"fields\": {\"messages\": \"%s\"}"::formatted);
    }

    private Optional<String> firstOf(List<String> names) {
        return names.stream().filter(keys::contains).findFirst();
    }

    private String expected() {
        String mapped = mapping.required().stream().map(Quoted::of).collect(Collectors.joining(" and "));
        return "expected messages, prompt and completion, text, instruction and output, conversations, or %s"
                .formatted(
                        mapped.isEmpty()
                                ? "what \"fields\" in config.json names"
                                : mapped + ", as \"fields\" in config.json names them");
    }
}
