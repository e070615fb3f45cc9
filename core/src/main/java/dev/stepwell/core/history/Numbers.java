package dev.stepwell.core.history;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Numbers on their way into the database and out of it, where some are not known.
final class Numbers {
    private Numbers() {}

    /// `value`, or null where it is NaN or infinite: SQLite would keep the one as null and the other as a word.
    static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }

    static @Nullable Double real(ResultSet rs, String column) throws SQLException {
        double value = rs.getDouble(column);
        return rs.wasNull() ? null : (Double) value;
    }

    static double orNan(ResultSet rs, String column) throws SQLException {
        double value = rs.getDouble(column);
        return rs.wasNull() ? Double.NaN : value;
    }

    static @Nullable Long whole(ResultSet rs, String column) throws SQLException {
        long value = rs.getLong(column);
        return rs.wasNull() ? null : (Long) value;
    }

    static Instant instant(ResultSet rs, String column) throws SQLException {
        return Instant.ofEpochMilli(rs.getLong(column));
    }

    static @Nullable Instant instantOrNull(ResultSet rs, String column) throws SQLException {
        Long millis = whole(rs, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
