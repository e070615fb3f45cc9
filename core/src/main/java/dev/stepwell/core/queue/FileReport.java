package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TokenCount;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What became of a file: the JSON that lies beside it in `archive/`, `failed/` or `removed/`, in snake case.
/// What is unknown is null, never absent.
///
/// @param schemaVersion version of this format
/// @param outcome       `completed`, `skipped`, `failed` or `removed`
/// @param error         why it failed; null if it did not
/// @param note          why it was skipped or removed; else null
/// @param file          which file it was
/// @param rows          what it held; null if it could not be counted
/// @param training      how it was trained; null if it never was
/// @param attempts      attempts begun, those that were resumed counted once
/// @param attemptLog    these attempts, oldest first
/// @param endedAt       when the file was settled
public record FileReport(
        int schemaVersion,
        String outcome,
        @Nullable Cause error,
        @Nullable String note,
        Source file,
        @Nullable Rows rows,
        @Nullable Training training,
        int attempts,
        List<AttemptRecord> attemptLog,
        Instant endedAt) {
    public FileReport {
        attemptLog = List.copyOf(attemptLog);
    }

    /// What follows a file's stored name in the name of its report.
    public static final String SUFFIX = StoredName.REPORT_SUFFIX;

    static final int SCHEMA_VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            // What an older program did not count it did not have: a report of it says 0.
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /// Why a file failed.
    ///
    /// @param type    short name
    /// @param message what happened and what can be done
    public record Cause(String type, String message) {}

    /// Which file it was.
    ///
    /// @param id         its identity
    /// @param name       its name as dropped
    /// @param storedName its name on disk
    /// @param source     its path from the inbox
    /// @param bytes      its size when it was taken
    /// @param arrivedAt  when it was taken
    /// @param format     what its rows are, in words; null if they could not be counted
    public record Source(
            long id,
            String name,
            String storedName,
            String source,
            long bytes,
            Instant arrivedAt,
            @Nullable String format) {}

    /// What a file held. `usable + held_out + rejected = total`, and for a completed file
    /// `trained = usable × epochs`.
    ///
    /// @param total             rows
    /// @param usable            rows that are trained
    /// @param heldOut           rows that are asked and never trained; 0 in a report of an older program
    /// @param rejected          rows refused
    /// @param truncated         usable rows that were cut
    /// @param trained           rows that went through an optimizer step, counted once per epoch
    /// @param rejections        the first refused rows with their reasons
    /// @param rejectionsOmitted refused rows that are only counted
    public record Rows(
            long total,
            long usable,
            long heldOut,
            long rejected,
            long truncated,
            long trained,
            List<RowRejection> rejections,
            long rejectionsOmitted) {
        public Rows {
            rejections = List.copyOf(rejections);
        }

        /// The same with `most` refused rows at most; the others are only counted.
        Rows listing(int most) {
            int shown = Math.min(most, rejections.size());
            return new Rows(
                    total,
                    usable,
                    heldOut,
                    rejected,
                    truncated,
                    trained,
                    rejections.subList(0, shown),
                    rejectionsOmitted + rejections.size() - shown);
        }
    }

    /// How a file was trained.
    ///
    /// @param epochs          passes over the file that were begun; null if no step was seen
    /// @param baseStep        global step from which the file started
    /// @param endStep         global step of the weights that are left
    /// @param steps           optimizer steps between the two
    /// @param firstLoss       loss of the first step, in nats; null if it was not finite or a crash took it away
    /// @param lastLoss        loss of the last step, likewise
    /// @param tokens          what one pass over the file computed; null if no step was left to this process
    /// @param startedAt       when the attempt began
    /// @param durationSeconds from then until the file was settled, stops included
    public record Training(
            @Nullable Integer epochs,
            long baseStep,
            long endStep,
            long steps,
            @Nullable Double firstLoss,
            @Nullable Double lastLoss,
            @Nullable TokenCount tokens,
            Instant startedAt,
            double durationSeconds) {}

    /// The same with `most` refused rows at most; the others are only counted.
    public FileReport listing(int most) {
        return new FileReport(
                schemaVersion,
                outcome,
                error,
                note,
                file,
                rows == null ? null : rows.listing(most),
                training,
                attempts,
                attemptLog,
                endedAt);
    }

    /// The report that was written as `json`; fields that a newer program added are passed over.
    ///
    /// @throws IllegalArgumentException if it is none
    public static FileReport read(byte[] json) {
        try {
            FileReport report = JSON.readValue(json, FileReport.class);
            if (report == null) {
                throw new IllegalArgumentException("null is no report");
            }
            return report;
        } catch (JacksonException e) {
            throw new IllegalArgumentException("no report: " + e.getOriginalMessage(), e);
        }
    }

    /// The report as it is written, in UTF-8.
    public byte[] toJson() {
        // By way of a string: a reason that quotes a lone surrogate must not keep the report from being written.
        return (JSON.writeValueAsString(this) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
