package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.TimeLeft;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers as people read them.
public final class Words {
    private static final MathContext THREE_DIGITS = new MathContext(3);
    private static final List<String> BYTES = List.of("B", "KB", "MB", "GB", "TB", "PB");

    private Words() {}

    /// `45s`, `3m 20s`, `2h 05m`, `3d 4h`.
    public static String duration(double seconds) {
        long s = Math.round(Math.min(seconds, 1e12));
        if (s < 60) {
            return s + "s";
        }
        if (s < 3_600) {
            return "%dm %02ds".formatted(s / 60, s % 60);
        }
        if (s < 86_400) {
            return "%dh %02dm".formatted(s / 3_600, s / 60 % 60);
        }
        return "%dd %dh".formatted(s / 86_400, s / 3_600 % 24);
    }

    static String duration(Duration duration) {
        return duration(duration.toMillis() / 1e3);
    }

    /// What is left of `eta` at `now` with its range, as `12s (10s–15s)`.
    static String timeLeft(TimeLeft eta, @Nullable Instant asOf, Instant now, Style style) {
        String low = left(eta.lowSeconds(), asOf, now);
        String high = left(eta.highSeconds(), asOf, now);
        String middle = timeLeft(eta, asOf, now);
        return low.equals(high) ? middle : middle + " (" + low + style.to() + high + ")";
    }

    /// What is left of `eta` at `now`, without its range.
    static String timeLeft(TimeLeft eta, @Nullable Instant asOf, Instant now) {
        return left(eta.seconds(), asOf, now);
    }

    private static String left(double seconds, @Nullable Instant asOf, Instant now) {
        double gone = asOf == null ? 0 : Math.max(0, Duration.between(asOf, now).toMillis() / 1e3);
        return duration(Math.max(0, seconds - gone));
    }

    static String waiting(int files) {
        return switch (files) {
            case 0 -> "no file waits";
            case 1 -> "1 file waits";
            default -> files + " files wait";
        };
    }

    /// Three significant digits, without an exponent where that is readable.
    static String small(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros();
        return Math.abs(value) >= 1e-5 && Math.abs(value) < 1e7 ? rounded.toPlainString() : rounded.toString();
    }

    static String loss(double value) {
        return Math.abs(value) >= 1e-3 && Math.abs(value) < 1e4
                ? String.format(Locale.ROOT, "%.4f", value)
                : small(value);
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    /// Memory in powers of 1,024, with three digits: `1.83 GB`.
    static String bytes(long bytes) {
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < BYTES.size() - 1) {
            value /= 1024;
            unit++;
        }
        int decimals = unit == 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", value, BYTES.get(unit));
    }

    /// Loss and learning rate of the newest step, as far as they are known.
    static List<String> learnt(StatusDocument document) {
        List<String> known = new ArrayList<>();
        addIfKnown(known, "loss ", lossOrNull(document), "");
        Double rate = document.cumulative().learningRate();
        addIfKnown(known, "learning rate ", rate == null ? null : small(rate), "");
        return known;
    }

    /// The same with steps/s and tokens/s.
    static List<String> measurements(StatusDocument document) {
        List<String> known = new ArrayList<>(learnt(document));
        Double steps = document.derived().stepsPerSecond();
        addIfKnown(known, "", steps == null ? null : small(steps), " steps/s");
        Double tokens = document.derived().tokensPerSecond();
        addIfKnown(known, "", tokens == null ? null : whole(tokens), " tokens/s");
        return known;
    }

    private static @Nullable String lossOrNull(StatusDocument document) {
        Double loss = document.cumulative().loss();
        return loss == null ? null : loss(loss);
    }

    private static void addIfKnown(List<String> list, String before, @Nullable String value, String after) {
        if (value != null) {
            list.add(before + value + after);
        }
    }
}
