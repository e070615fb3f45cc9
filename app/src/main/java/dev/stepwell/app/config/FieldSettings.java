package dev.stepwell.app.config;

import dev.stepwell.app.text.Printable;
import dev.stepwell.data.rows.FieldMapping;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The part of a [Config] that says under what names files of others have what rows are made of.
public final class FieldSettings {
    private static final ConfigKey<Optional<String>> USER = ConfigKeys.FIELD_USER;
    private static final ConfigKey<Optional<String>> ASSISTANT = ConfigKeys.FIELD_ASSISTANT;
    private static final ConfigKey<Optional<String>> SYSTEM = ConfigKeys.FIELD_SYSTEM;
    private static final ConfigKey<Optional<String>> PROMPT = ConfigKeys.FIELD_PROMPT;
    private static final ConfigKey<Optional<String>> COMPLETION = ConfigKeys.FIELD_COMPLETION;
    private static final ConfigKey<Optional<String>> TEXT = ConfigKeys.FIELD_TEXT;
    private static final ConfigKey<Optional<String>> MESSAGES = ConfigKeys.FIELD_MESSAGES;

    static final List<ConfigKey<Optional<String>>> KEYS =
            List.of(USER, ASSISTANT, SYSTEM, PROMPT, COMPLETION, TEXT, MESSAGES);
    /// What rows can be made of; the first of each kind are needed, as many as are told.
    private static final List<Kind> KINDS = List.of(
            new Kind(List.of(USER, ASSISTANT, SYSTEM), 2),
            new Kind(List.of(PROMPT, COMPLETION), 2),
            new Kind(List.of(TEXT), 1),
            new Kind(List.of(MESSAGES), 1));

    private FieldSettings() {}

    private record Kind(List<ConfigKey<Optional<String>>> keys, int needed) {
        Optional<ConfigKey<Optional<String>>> given(Config config) {
            return keys.stream().filter(key -> config.get(key).isPresent()).findFirst();
        }

        Optional<ConfigKey<Optional<String>>> missing(Config config) {
            return keys.subList(0, needed).stream()
                    .filter(key -> config.get(key).isEmpty())
                    .findFirst();
        }
    }

    /// The names that `config` gives.
    public static FieldMapping from(Config config) {
        if (config.get(USER).isPresent() && config.get(ASSISTANT).isPresent()) {
            return new FieldMapping.QuestionAnswer(
                    config.get(SYSTEM),
                    config.get(USER).get(),
                    config.get(ASSISTANT).get());
        }
        if (config.get(PROMPT).isPresent() && config.get(COMPLETION).isPresent()) {
            return new FieldMapping.Completion(
                    config.get(PROMPT).get(), config.get(COMPLETION).get());
        }
        return config.get(TEXT)
                .<FieldMapping>map(FieldMapping.Text::new)
                .or(() -> config.get(MESSAGES).map(FieldMapping.Messages::new))
                .orElse(FieldMapping.NONE);
    }

    /// Why the names do not make a row, if they do not.
    static Optional<String> contradiction(Config config) {
        List<Kind> kinds =
                KINDS.stream().filter(kind -> kind.given(config).isPresent()).toList();
        if (kinds.isEmpty()) {
            return Optional.empty();
        }
        ConfigKey<Optional<String>> first = kinds.getFirst().given(config).orElseThrow();
        if (kinds.size() > 1) {
            return Optional.of("%s and %s do not go together: name user and assistant (and system), or prompt and"
                            .formatted(
                                    shown(first, config),
                                    shown(kinds.get(1).given(config).orElseThrow(), config))
                    + " completion, or text, or messages");
        }
        Optional<ConfigKey<Optional<String>>> missing = kinds.getFirst().missing(config);
        if (missing.isPresent()) {
            return Optional.of("%s and %s = null do not go together: name the second, too"
                    .formatted(shown(first, config), missing.get().name()));
        }
        List<ConfigKey<Optional<String>>> given = kinds.getFirst().keys().stream()
                .filter(key -> config.get(key).isPresent())
                .toList();
        return given.stream().map(config::get).distinct().count() == given.size()
                ? Optional.empty()
                : Optional.of(given.stream().map(key -> shown(key, config)).collect(Collectors.joining(" and "))
                        + " do not go together: each needs a name of its own");
    }

    private static String shown(ConfigKey<Optional<String>> key, Config config) {
        return "%s = \"%s\""
                .formatted(key.name(), Printable.brief(config.get(key).orElse("")));
    }
}
