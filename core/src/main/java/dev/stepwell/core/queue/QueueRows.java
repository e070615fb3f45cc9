package dev.stepwell.core.queue;

import dev.stepwell.core.training.RowLedger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/// Rows of the database as values.
final class QueueRows {
    private QueueRows() {}

    static QueuedFile file(ResultSet rs, StatementContext context) throws SQLException {
        return new QueuedFile(
                rs.getLong("id"),
                rs.getString("name"),
                rs.getString("stored_name"),
                rs.getString("source"),
                rs.getLong("bytes"),
                Instant.ofEpochMilli(rs.getLong("modified_at")),
                FileState.of(rs.getString("state")),
                held(rs.getString("held_reason")),
                Priority.ofRank(rs.getInt("priority")),
                Instant.ofEpochMilli(rs.getLong("arrived_at")),
                rs.getInt("failures"),
                counts(rs));
    }

    private static @Nullable HoldReason held(@Nullable String word) {
        return word == null ? null : HoldReason.of(word);
    }

    private static QueuedFile.@Nullable Rows counts(ResultSet rs) throws SQLException {
        long total = rs.getLong("row_count");
        return rs.wasNull()
                ? null
                : new QueuedFile.Rows(
                        total,
                        rs.getLong("held_out"),
                        rs.getLong("rejected"),
                        rs.getLong("truncated"),
                        rs.getLong("planned_steps"),
                        rs.getLong("expected_tokens"),
                        rs.getString("sha256"),
                        rs.getString("format"));
    }

    static Attempt attempt(ResultSet rs, StatementContext context) throws SQLException {
        return new Attempt(
                rs.getLong("id"),
                rs.getInt("number"),
                new AttemptMeasures(
                        rs.getLong("base_step"),
                        nullableDouble(rs, "first_loss"),
                        nullableDouble(rs, "last_loss"),
                        nullableInt(rs, "epochs")),
                Instant.ofEpochMilli(rs.getLong("began_at")));
    }

    /// @param number which attempt at the file it is, from 1
    static AttemptRecord attemptRecord(ResultSet rs, int number, List<RowLedger.Epoch> rows) throws SQLException {
        long baseStep = rs.getLong("base_step");
        Long endStep = nullableLong(rs, "end_step");
        String errorType = rs.getString("error_type");
        return new AttemptRecord(
                number,
                Instant.ofEpochMilli(rs.getLong("began_at")),
                nullableInstant(rs, "ended_at"),
                rs.getString("outcome"),
                errorType == null ? null : new FileReport.Cause(errorType, rs.getString("error_message")),
                baseStep,
                endStep,
                endStep == null ? null : (Long) Math.max(0, endStep - baseStep),
                rs.getInt("deaths"),
                rows);
    }

    /// An attempt that has ended, with its rows beside it.
    static PastAttempt pastAttempt(ResultSet rs) throws SQLException {
        String errorType = rs.getString("error_type");
        Long rows = nullableLong(rs, "row_count");
        return new PastAttempt(
                new FileAttempt(
                        rs.getLong("file_id"),
                        rs.getString("file_name"),
                        rs.getInt("try"),
                        Instant.ofEpochMilli(rs.getLong("began_at")),
                        rs.getLong("base_step")),
                new AttemptEnd(
                        FileState.of(rs.getString("outcome")),
                        nullableLong(rs, "end_step"),
                        rows == null
                                ? null
                                : new AttemptEnd.Rows(
                                        rows, rs.getLong("trained"), rs.getLong("rejected"), rs.getLong("held_out")),
                        nullableDouble(rs, "first_loss"),
                        nullableDouble(rs, "last_loss"),
                        errorType == null ? null : new FileReport.Cause(errorType, rs.getString("error_message"))),
                Instant.ofEpochMilli(rs.getLong("ended_at")));
    }

    static @Nullable Instant nullableInstant(ResultSet rs, String column) throws SQLException {
        Long millis = nullableLong(rs, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    static @Nullable Long nullableLong(ResultSet rs, String column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : (Long) value;
    }

    static @Nullable Double nullableDouble(ResultSet rs, String column) throws SQLException {
        double value = rs.getDouble(column);
        return rs.wasNull() ? null : (Double) value;
    }

    private static @Nullable Integer nullableInt(ResultSet rs, String column) throws SQLException {
        int value = rs.getInt(column);
        return rs.wasNull() ? null : (Integer) value;
    }

    /// An attempt that has not ended.
    record Attempt(long id, int number, AttemptMeasures measures, Instant beganAt) {}
}
