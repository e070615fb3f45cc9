package dev.stepwell.monitor.web;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Effect;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.status.LiveStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// The answer to a command as it goes over the wire, in snake case; what is unknown is null. The names and
/// meanings from `state` on are those of the status file, at the moment of the effect.
///
/// @param effect  `done`, `refused`, or `pending`: asked for and not in effect yet
/// @param command the word of the [Command]
/// @param reason  why it was refused, the word of an [Effect.Reason]
/// @param message all of it in one sentence
/// @param midFile whether `currentFile` is begun and will be gone on with
public record ControlAnswer(
        String effect,
        String command,
        @Nullable String reason,
        String message,
        boolean midFile,
        String state,
        @Nullable String currentFile,
        @Nullable Long batchStep,
        @Nullable Long batchTotalSteps,
        @Nullable Integer batchNumber,
        @Nullable Integer batchQueueSize,
        @Nullable Long currentStep) {

    public static final String DONE = "done";
    public static final String REFUSED = "refused";
    public static final String PENDING = "pending";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static ControlAnswer of(Effect effect) {
        return switch (effect) {
            case Effect.Done done ->
                of(DONE, done.command(), null, EffectSentence.of(done), done.midFile(), done.now());
            case Effect.Refused refused ->
                of(
                        REFUSED,
                        refused.command(),
                        refused.reason().word(),
                        EffectSentence.of(refused),
                        false,
                        refused.now());
        };
    }

    static ControlAnswer pending(Command command, LiveStatus now) {
        return of(PENDING, command, null, EffectSentence.pending(command), false, now);
    }

    private static ControlAnswer of(
            String effect, Command command, @Nullable String reason, String message, boolean midFile, LiveStatus now) {
        Progress p = now.progress();
        return new ControlAnswer(
                effect,
                command.word(),
                reason,
                message,
                midFile,
                now.state().word(),
                now.currentFile(),
                p == null ? null : (Long) p.batchStep(),
                p == null ? null : (Long) p.batchTotalSteps(),
                p == null ? null : (Integer) p.batchNumber(),
                p == null ? null : (Integer) p.batchQueueSize(),
                p == null ? now.modelStep() : (Long) p.currentStep());
    }

    JsonNode toJson() {
        return JSON.valueToTree(this);
    }

    /// The answer that `json` is.
    ///
    /// @throws tools.jackson.core.JacksonException if it is no such answer
    public static ControlAnswer parse(String json) {
        return JSON.readValue(json, ControlAnswer.class);
    }
}
