package dev.stepwell.data.jinja.text;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// Dates as Python's `strftime` writes them, with the C library's English and its extensions.
public final class Strftime {
    private final LocalDateTime time;
    private final ZoneId zone;
    private final StringBuilder written = new StringBuilder();

    private Strftime(LocalDateTime time, ZoneId zone) {
        this.time = time;
        this.zone = zone;
    }

    /// The time in this format; codes that are not known stay as they are. The zone is for `%s` only: the time that
    /// templates are given has none.
    public static String format(LocalDateTime time, ZoneId zone, String format) {
        Strftime writer = new Strftime(time, zone);
        writer.write(format);
        return writer.written.toString();
    }

    private void write(String format) {
        for (int i = 0; i < format.length(); i++) {
            char next = format.charAt(i);
            if (next != '%' || i + 1 == format.length()) {
                written.append(next);
                continue;
            }
            int start = i++;
            char flag = format.charAt(i);
            if ("-_0^#".indexOf(flag) >= 0 && i + 1 < format.length()) {
                i++;
            } else {
                flag = 0;
            }
            if (!code(format.charAt(i), flag)) {
                written.append(format, start, i + 1);
            }
        }
    }

    private boolean code(char code, char flag) {
        switch (code) {
            case 'a' -> text(time.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), flag);
            case 'A' -> text(time.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH), flag);
            case 'b', 'h' -> text(time.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH), flag);
            case 'B' -> text(time.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH), flag);
            case 'd' -> number(time.getDayOfMonth(), 2, '0', flag);
            case 'e' -> number(time.getDayOfMonth(), 2, ' ', flag);
            case 'm' -> number(time.getMonthValue(), 2, '0', flag);
            case 'y' -> number(time.getYear() % 100, 2, '0', flag);
            case 'Y' -> number(time.getYear(), 1, '0', flag);
            case 'C' -> number(time.getYear() / 100, 2, '0', flag);
            case 'H' -> number(time.getHour(), 2, '0', flag);
            case 'k' -> number(time.getHour(), 2, ' ', flag);
            case 'I' -> number(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, '0', flag);
            case 'l' -> number(time.get(ChronoField.CLOCK_HOUR_OF_AMPM), 2, ' ', flag);
            case 'M' -> number(time.getMinute(), 2, '0', flag);
            case 'S' -> number(time.getSecond(), 2, '0', flag);
            case 'f' -> number(time.getNano() / 1000, 6, '0', flag);
            case 'p' -> text(time.getHour() < 12 ? "AM" : "PM", flag == '#' ? 'l' : flag);
            case 'P' -> text(time.getHour() < 12 ? "am" : "pm", flag);
            case 'j' -> number(time.getDayOfYear(), 3, '0', flag);
            case 'u' -> number(time.getDayOfWeek().getValue(), 1, '0', flag);
            case 'w' -> number(time.getDayOfWeek().getValue() % 7, 1, '0', flag);
            case 'U' -> number(week(time.getDayOfWeek().getValue() % 7), 2, '0', flag);
            case 'W' -> number(week(time.getDayOfWeek().getValue() - 1), 2, '0', flag);
            case 'V' -> number(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2, '0', flag);
            case 'G' -> number(time.get(IsoFields.WEEK_BASED_YEAR), 1, '0', flag);
            case 'g' -> number(time.get(IsoFields.WEEK_BASED_YEAR) % 100, 2, '0', flag);
            case 's' -> written.append(time.atZone(zone).toEpochSecond());
            case 'c' -> write("%a %b %e %H:%M:%S %Y");
            case 'x', 'D' -> write("%m/%d/%y");
            case 'X', 'T' -> write("%H:%M:%S");
            case 'R' -> write("%H:%M");
            case 'r' -> write("%I:%M:%S %p");
            case 'F' -> write("%Y-%m-%d");
            case 'n' -> written.append('\n');
            case 't' -> written.append('\t');
            case 'z', 'Z' -> {}
            case '%' -> written.append('%');
            default -> {
                return false;
            }
        }
        return true;
    }

    /// The week of the year, whose first begins with the first such day.
    private int week(int daysSinceItsStart) {
        return (time.getDayOfYear() + 6 - daysSinceItsStart) / 7;
    }

    private void text(String text, char flag) {
        written.append(
                switch (flag) {
                    case '^', '#' -> text.toUpperCase(Locale.ROOT);
                    case 'l' -> text.toLowerCase(Locale.ROOT);
                    default -> text;
                });
    }

    private void number(int value, int width, char filler, char flag) {
        char fill = switch (flag) {
            case '-' -> 0;
            case '_' -> ' ';
            case '0' -> '0';
            default -> filler;
        };
        String digits = Integer.toString(value);
        if (fill != 0) {
            written.repeat(fill, Math.max(0, width - digits.length()));
        }
        written.append(digits);
    }
}
