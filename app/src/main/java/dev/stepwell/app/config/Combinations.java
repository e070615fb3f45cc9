package dev.stepwell.app.config;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/// What must hold between keys, each of which is right by itself.
final class Combinations {
    static final List<Rule> ALL = List.of(
            ofTwo(
                    List.of(ConfigKeys.HIDDEN_SIZE, ConfigKeys.NUM_ATTENTION_HEADS),
                    c -> c.get(ConfigKeys.HIDDEN_SIZE) % (2 * c.get(ConfigKeys.NUM_ATTENTION_HEADS)) == 0,
                    "the first must be the second times an even number, for the rotary embedding"),
            ofTwo(
                    List.of(ConfigKeys.NUM_ATTENTION_HEADS, ConfigKeys.NUM_KEY_VALUE_HEADS),
                    c -> c.get(ConfigKeys.NUM_ATTENTION_HEADS) % c.get(ConfigKeys.NUM_KEY_VALUE_HEADS) == 0,
                    "the first must be a multiple of the second"),
            ofTwo(
                    List.of(ConfigKeys.MAX_LENGTH, ConfigKeys.MAX_POSITION_EMBEDDINGS),
                    c -> ofModelPath(c) || c.get(ConfigKeys.MAX_LENGTH) <= c.get(ConfigKeys.MAX_POSITION_EMBEDDINGS),
                    "the first must not be above the second, for the model cannot take longer rows"),
            ofTwo(
                    List.of(ConfigKeys.MAX_OUTPUT_TOKENS, ConfigKeys.MAX_POSITION_EMBEDDINGS),
                    c -> ofModelPath(c)
                            || c.get(ConfigKeys.MAX_OUTPUT_TOKENS) < c.get(ConfigKeys.MAX_POSITION_EMBEDDINGS),
                    "the first must be below the second, for a prompt needs room before the answer"),
            new Rule(FieldSettings.KEYS, FieldSettings::contradiction),
            new Rule(EvaluationSettings.KEYS, EvaluationSettings::contradiction),
            new Rule(WebSettings.KEYS, WebSettings::contradiction),
            new Rule(AlertSettings.KEYS, AlertSettings::contradiction));

    private Combinations() {}

    /// Whether the model brings its own limits, which are looked at where it is opened.
    private static boolean ofModelPath(Config config) {
        return config.get(ConfigKeys.MODEL_PATH).isPresent();
    }

    /// @param keys          those it is about
    /// @param contradiction what is wrong in a configuration, if anything
    record Rule(List<? extends ConfigKey<?>> keys, Function<Config, Optional<String>> contradiction) {}

    /// @param keys  the two it is about
    /// @param holds whether they go together
    /// @param must  what must hold, in words
    private static Rule ofTwo(List<ConfigKey<Long>> keys, Predicate<Config> holds, String must) {
        ConfigKey<Long> first = keys.getFirst();
        ConfigKey<Long> second = keys.getLast();
        return new Rule(
                keys,
                config -> holds.test(config)
                        ? Optional.empty()
                        : Optional.of("%s = %d and %s = %d do not go together: %s"
                                .formatted(first.name(), config.get(first), second.name(), config.get(second), must)));
    }
}
