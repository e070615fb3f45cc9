package dev.stepwell.app.talk;

import dev.stepwell.app.talk.Answerer.Answer;
import dev.stepwell.torch.generation.Completion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What `generate --json` prints.
///
/// @param finishReason    `stop`, `length` or `interrupted`
/// @param step            of the weights; null where they are not of a checkpoint
/// @param seconds         from the prompt to the answer's end
/// @param tokensPerSecond of the answer, the time for the prompt included
record AnswerJson(
        String text,
        int promptTokens,
        int completionTokens,
        String finishReason,
        String model,
        @Nullable Long step,
        double seconds,
        double tokensPerSecond) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static String of(Answer answer, ChosenModel chosen) {
        Completion completion = answer.completion();
        double seconds = answer.took().toNanos() / 1e9;
        return JSON.writeValueAsString(new AnswerJson(
                completion.text(),
                completion.promptTokens(),
                completion.tokens(),
                completion.finish().name().toLowerCase(Locale.ROOT),
                chosen.name(),
                chosen.step().isPresent() ? chosen.step().getAsLong() : null,
                rounded(seconds),
                rounded(completion.tokens() / seconds)));
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
