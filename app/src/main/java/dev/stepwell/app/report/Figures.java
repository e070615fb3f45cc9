package dev.stepwell.app.report;

import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.monitor.terminal.Words;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers and times as tables show them; what is not known is a dash.
///
/// @param zone in which times are shown
record Figures(ZoneId zone) {
    static final String UNKNOWN = "–";

    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    String time(@Nullable Instant at) {
        return at == null ? UNKNOWN : MINUTES.format(at.atZone(zone));
    }

    static String count(@Nullable Long number) {
        return number == null ? UNKNOWN : "%,d".formatted(number);
    }

    /// What is said of rows that a file did not train.
    static String heldOut(long rows) {
        return rows == 1
                ? "1 row held out, asked and never trained"
                : "%,d rows held out, asked and never trained".formatted(rows);
    }

    static String duration(@Nullable Duration duration) {
        return duration == null ? UNKNOWN : Words.duration(Math.max(0, duration.toMillis()) / 1e3);
    }

    /// Two digits behind the point, as far as that says something.
    static String nats(@Nullable Double value) {
        if (value == null || !Double.isFinite(value)) {
            return UNKNOWN;
        }
        double size = Math.abs(value);
        return size == 0 || (size >= 0.01 && size < 1_000)
                ? String.format(Locale.ROOT, "%.2f", value)
                : String.format(Locale.ROOT, "%.1e", value);
    }

    /// `2.31→0.87`; a dash where neither is known.
    static String change(@Nullable Double from, @Nullable Double to) {
        return from == null && to == null ? UNKNOWN : nats(from) + "→" + nats(to);
    }

    static String crossEntropies(@Nullable Score from, @Nullable Score to) {
        return change(from == null ? null : from.crossEntropy(), to == null ? null : to.crossEntropy());
    }

    /// Floored, so that 100 % means all of them; a dash where none could be judged.
    static String percent(@Nullable Score score) {
        return score == null || score.judged() == 0
                ? UNKNOWN
                : Math.floorDiv(100L * score.right(), score.judged()) + " %";
    }
}
