package dev.stepwell.core.queue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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
                Priority.ofRank(rs.getInt("priority")),
                Instant.ofEpochMilli(rs.getLong("arrived_at")),
                counts(rs));
    }

    private static QueuedFile.@Nullable Rows counts(ResultSet rs) throws SQLException {
        long total = rs.getLong("row_count");
        return rs.wasNull()
                ? null
                : new QueuedFile.Rows(
                        total, rs.getLong("rejected"), rs.getLong("truncated"), rs.getLong("planned_steps"));
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

    private static @Nullable Double nullableDouble(ResultSet rs, String column) throws SQLException {
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
