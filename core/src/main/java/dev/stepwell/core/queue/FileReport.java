package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowRejection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What became of a file: the JSON that lies beside it in `archive/` or `failed/`. What is unknown is null.
///
/// @param schemaVersion   version of this format
/// @param id              the file's identity
/// @param name            its name as dropped
/// @param storedName      its name on disk
/// @param source          its path from the inbox
/// @param bytes           its size when it was taken
/// @param outcome         `completed` or `failed`
/// @param errorType       short name of the failure; null if there is none
/// @param errorMessage    what happened and what can be done; null likewise
/// @param rows            physical lines; null if the file could not be counted, as are the others of its kind
/// @param usable          rows that can be trained; `usable + rejected = rows`
/// @param rejected        rows refused
/// @param truncated       usable rows that were cut
/// @param rowsTrained     rows that went through an optimizer step, counted once per epoch
/// @param rejections      the first refused rows with their reasons
/// @param rejectionsOmitted refused rows that are only counted
/// @param attempts        attempts begun
/// @param epochs          passes over the file that were begun
/// @param baseStep        global step from which the file started
/// @param endStep         global step of the weights that are left
/// @param steps           optimizer steps between the two
/// @param firstLoss       loss of the first step, in nats
/// @param lastLoss        loss of the last step, in nats
/// @param arrivedAt       when it was taken
/// @param startedAt       when its attempt began
/// @param endedAt         when it was settled
/// @param durationSeconds from `startedAt` to `endedAt`, pauses and stops included
public record FileReport(
        int schemaVersion,
        long id,
        String name,
        String storedName,
        String source,
        long bytes,
        String outcome,
        @Nullable String errorType,
        @Nullable String errorMessage,
        @Nullable Long rows,
        @Nullable Long usable,
        @Nullable Long rejected,
        @Nullable Long truncated,
        @Nullable Long rowsTrained,
        List<RowRejection> rejections,
        long rejectionsOmitted,
        int attempts,
        @Nullable Integer epochs,
        @Nullable Long baseStep,
        @Nullable Long endStep,
        @Nullable Long steps,
        @Nullable Double firstLoss,
        @Nullable Double lastLoss,
        Instant arrivedAt,
        @Nullable Instant startedAt,
        Instant endedAt,
        @Nullable Double durationSeconds) {

    static final int SCHEMA_VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    /// The report as it is written, in UTF-8.
    public byte[] toJson() {
        // By way of a string: a reason that quotes a lone surrogate must not keep the report from being written.
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static @Nullable Double seconds(@Nullable Instant from, Instant to) {
        return from == null
                ? null
                : (Double) (Math.max(0, Duration.between(from, to).toMillis()) / 1000.0);
    }
}
