package dev.stepwell.app.report;

import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// An axis: from which value to which, and where it has its lines.
///
/// @param low   where it begins
/// @param high  where it ends; above `low`
/// @param ticks values between these, ascending, all multiples of 1, 2 or 5 times a power of ten
record Scale(double low, double high, List<Double> ticks) {
    private static final double[] NICE = {1, 2, 5, 10};

    Scale {
        ticks = List.copyOf(ticks);
    }

    /// An axis that holds `least` and `most`, which are finite, and begins and ends at a tick.
    ///
    /// @param ticks how many there should be, about
    static Scale of(double least, double most, int ticks) {
        double span = most - least;
        double room = span > 0 ? span : Math.max(Math.abs(most), 1);
        double step = nice(room / ticks);
        double low = Math.floor(least / step) * step;
        double high = Math.ceil(most / step) * step;
        if (high <= low) {
            high = low + step;
        }
        return new Scale(low, high, between(low, high, step));
    }

    /// An axis from `low` to `high` and no further.
    static Scale exact(double low, double high, int ticks) {
        double end = high > low ? high : low + 1;
        double step = Math.max(1, nice((end - low) / ticks));
        return new Scale(low, end, between(Math.ceil(low / step) * step, end, step));
    }

    private static double nice(double size) {
        double power = Math.pow(10, Math.floor(Math.log10(size)));
        for (double factor : NICE) {
            if (size <= factor * power * (1 + 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static List<Double> between(double from, double to, double step) {
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; from + i * step <= to + step * 1e-6; i++) {
            ticks.add(from + i * step);
        }
        return ticks;
    }

    /// Where `value` lies, from 0 at the beginning to 1 at the end.
    double share(double value) {
        return (value - low) / (high - low);
    }

    /// A tick in words: as many digits as tell it from the next.
    String words(double tick) {
        double step = ticks.size() > 1 ? ticks.get(1) - ticks.getFirst() : high - low;
        if (Math.abs(tick) < step / 1e6) {
            return "0";
        }
        if (step >= 1_000_000) {
            return number(tick / 1e6, step / 1e6) + " M";
        }
        if (step >= 1_000) {
            return number(tick / 1e3, step / 1e3) + " k";
        }
        return number(tick, step);
    }

    private static String number(double value, double step) {
        int digits = (int) Math.clamp(Math.ceil(-Math.log10(step) - 1e-9), 0, 9);
        NumberFormat format = NumberFormat.getNumberInstance(Locale.ROOT);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }
}
