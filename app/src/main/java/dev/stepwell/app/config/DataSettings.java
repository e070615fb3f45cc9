package dev.stepwell.app.config;

import dev.stepwell.data.chat.ChatTemplate;
import dev.stepwell.data.chat.RowTokenizer;
import dev.stepwell.data.chat.TrainOn;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.data.tokens.TokenizerConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the configuration says of rows, in the terms of those who read them.
public final class DataSettings {
    private DataSettings() {}

    /// Makes tokens of rows.
    ///
    /// @param root      base directory, from which a relative path leads
    /// @param tokenizer of the model
    /// @throws ConfigException if the chat template cannot be used, saying why
    public static RowTokenizer rows(Config config, Path root, HuggingFaceBpeTokenizer tokenizer) {
        return new RowTokenizer(
                tokenizer,
                chat(config, root, tokenizer),
                switch (config.get(ConfigKeys.TRAIN_ON)) {
                    case ANSWERS -> TrainOn.ANSWERS;
                    case LAST_ANSWER -> TrainOn.LAST_ANSWER;
                    case ALL -> TrainOn.ALL;
                },
                config.getInt(ConfigKeys.MAX_LENGTH));
    }

    /// How conversations are written: as the configuration says, or else as the model's makers do; empty if neither
    /// says.
    ///
    /// @throws ConfigException if the chat template cannot be used, saying why
    public static Optional<ChatTemplate> chat(Config config, Path root, HuggingFaceBpeTokenizer tokenizer) {
        Optional<String> own = config.get(ConfigKeys.CHAT_TEMPLATE);
        try {
            if (own.isEmpty()) {
                return ChatTemplate.of(tokenizer);
            }
            String source = Files.readString(root.resolve(own.get()), StandardCharsets.UTF_8);
            TokenizerConfig tokens = tokenizer.config().withTemplate(source);
            return ChatTemplate.of(tokens, Map.of());
        } catch (IOException | IllegalArgumentException e) {
            String where = own.map("chat_template = \"%s\""::formatted).orElse("the tokenizer of the model");
            throw new ConfigException(
                    "config.json", List.of(new ConfigProblem(0, "%s: %s".formatted(where, e.getMessage()))), e);
        }
    }
}
