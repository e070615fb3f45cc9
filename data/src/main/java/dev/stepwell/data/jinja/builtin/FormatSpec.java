package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.text.FloatFormat;
import dev.stepwell.data.jinja.text.Floats;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Numeric;
import dev.stepwell.data.jinja.value.Real;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Slices;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.Locale;

/// Python's `format(value, spec)`.
final class FormatSpec {
    private static final int MOST_DIGITS = 4300;
    private static final String ALIGNMENTS = "<>=^";

    private final Budget budget;
    private final String spec;
    private int position;

    private int fill = ' ';
    private char align;
    private char sign;
    private boolean alternate;
    private boolean noNegativeZero;
    private int width = -1;
    private char grouping;
    private int precision = -1;
    private char type;

    private FormatSpec(Budget budget, String spec) {
        this.budget = budget;
        this.spec = spec;
    }

    /// The value in the form that the specification describes.
    static String format(Budget budget, Value value, String spec) {
        if (spec.isEmpty()) {
            return Repr.str(budget, value).text();
        }
        return switch (value) {
            case Str text -> new FormatSpec(budget, spec).parsed(value).string(text);
            case Real real -> new FormatSpec(budget, spec).parsed(value).real(real.value());
            case Integral number -> new FormatSpec(budget, spec).parsed(value).integer(number);
            default -> throw Fault.type("unsupported format string passed to " + value.type() + ".__format__");
        };
    }

    private FormatSpec parsed(Value value) {
        int afterFill = spec.offsetByCodePoints(0, 1);
        boolean filled = afterFill < spec.length() && ALIGNMENTS.indexOf(spec.charAt(afterFill)) >= 0;
        if (filled) {
            fill = spec.codePointAt(0);
            align = spec.charAt(afterFill);
            position = afterFill + 1;
        } else if (ALIGNMENTS.indexOf(spec.charAt(0)) >= 0) {
            align = spec.charAt(position++);
        }
        if (peek() != 0 && "+- ".indexOf(peek()) >= 0) {
            sign = spec.charAt(position++);
        }
        noNegativeZero = skip('z');
        alternate = skip('#');
        if (peek() == '0' && !filled) {
            position++;
            fill = '0';
            align = align == 0 && value instanceof Numeric ? '=' : align;
        }
        width = number("Too many decimal digits in format string");
        if (peek() == ',' || peek() == '_') {
            grouping = spec.charAt(position++);
            if (peek() == ',' || peek() == '_') {
                throw Fault.value(
                        grouping == peek() && grouping == ','
                                ? "Cannot specify ',' with ','."
                                : grouping == peek()
                                        ? "Cannot specify '_' with '_'."
                                        : "Cannot specify both ',' and '_'.");
            }
        }
        if (skip('.')) {
            precision = number("Too many decimal digits in format string");
            if (precision < 0) {
                throw Fault.value("Format specifier missing precision");
            }
        }
        if (position < spec.length()) {
            if (spec.codePointCount(position, spec.length()) > 1) {
                throw Fault.value("Invalid format specifier '" + spec + "' for object of type '" + value.type() + "'");
            }
            type = spec.charAt(position);
        }
        return this;
    }

    private String string(Str value) {
        if (sign != 0) {
            throw Fault.value("Sign not allowed in string format specifier");
        }
        if (alternate) {
            throw Fault.value("Alternate form (#) not allowed in string format specifier");
        }
        if (align == '=') {
            throw Fault.value("'=' alignment not allowed in string format specifier");
        }
        if (grouping != 0) {
            throw Fault.value("Cannot specify '" + grouping + "' with 's'.");
        }
        if (type != 0 && type != 's') {
            throw unknownType("str");
        }
        Str cut = value;
        if (precision >= 0 && value.points() > precision) {
            cut = (Str) Slices.slice(budget, value, None.NONE, Int.of(precision), None.NONE);
        }
        return padded("", cut.text(), align == 0 ? '<' : align);
    }

    private String integer(Integral number) {
        return switch (type) {
            case 'e', 'E', 'f', 'F', 'g', 'G', '%' -> real(Numbers.toDouble(number));
            case 0, 'd', 'n', 'b', 'o', 'x', 'X' -> digits(number);
            case 'c' -> character(number);
            default -> throw unknownType(number instanceof Bool ? "bool" : "int");
        };
    }

    private String digits(Integral number) {
        if (precision >= 0) {
            throw Fault.value("Precision not allowed in integer format specifier");
        }
        int radix = switch (type) {
            case 'b' -> 2;
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
        if (grouping == ',' && radix != 10) {
            throw Fault.value("Cannot specify ',' with '" + type + "'.");
        }
        String digits = radix == 10
                ? Repr.repr(budget, Integral.of(number.big().abs()))
                : number.big().abs().toString(radix);
        String prefix = alternate && radix != 10 ? "0" + type : "";
        String shown = type == 'X' ? digits.toUpperCase(Locale.ROOT) : digits;
        String signed = signed(number.big().signum() < 0) + prefix;
        return numeric(signed, shown, "", radix == 10 ? 3 : 4);
    }

    private String character(Integral number) {
        if (sign != 0) {
            throw Fault.value("Sign not allowed with integer format specifier 'c'");
        }
        long point = Numbers.clamp(number);
        if (point < 0 || point > Character.MAX_CODE_POINT) {
            throw Fault.of(FailureKind.OVERFLOW, "%c arg not in range(0x110000)");
        }
        return padded("", Character.toString((int) point), align == 0 ? '<' : align);
    }

    private String real(double value) {
        if (precision > MOST_DIGITS) {
            throw Fault.value("precision too big");
        }
        String text = switch (type) {
            case 0 -> precision < 0 ? Floats.repr(Math.abs(value)) : FloatFormat.withoutType(value, precision);
            case 'e', 'E', 'f', 'F', 'g', 'G' ->
                FloatFormat.format(value, type, precision < 0 ? 6 : precision, alternate);
            case 'n' -> FloatFormat.format(value, 'g', precision < 0 ? 6 : precision, alternate);
            case '%' -> FloatFormat.format(value * 100, 'f', precision < 0 ? 6 : precision, alternate) + "%";
            default -> throw unknownType("float");
        };
        boolean zero = text.chars().noneMatch(digit -> digit >= '1' && digit <= '9') && Double.isFinite(value);
        boolean negative = (value < 0 || (value == 0 && 1 / value < 0)) && !(noNegativeZero && zero);
        int whole = 0;
        while (whole < text.length() && text.charAt(whole) >= '0' && text.charAt(whole) <= '9') {
            whole++;
        }
        return numeric(signed(negative), text.substring(0, whole), text.substring(whole), 3);
    }

    private String signed(boolean negative) {
        return negative ? "-" : sign == 0 || sign == '-' ? "" : String.valueOf(sign);
    }

    private String numeric(String sign, String whole, String rest, int group) {
        char aligned = align == 0 ? '>' : align;
        String digits = whole;
        if (grouping != 0 && !whole.isEmpty()) {
            int least = fill == '0' && aligned == '=' ? width - sign.length() - rest.length() : 0;
            digits = grouped(whole, group, least);
        }
        return padded(sign, digits + rest, aligned);
    }

    /// Digits in groups; with leading zeros, grouped as well, up to a width.
    private String grouped(String digits, int group, int least) {
        budget.chars(Math.max(least, 0));
        StringBuilder reversed = new StringBuilder();
        int count = 0;
        for (int i = digits.length() - 1; i >= 0 || reversed.length() < least; i--) {
            if (count > 0 && count % group == 0) {
                reversed.append(grouping);
            }
            reversed.append(i >= 0 ? digits.charAt(i) : '0');
            count++;
        }
        return reversed.reverse().toString();
    }

    private String padded(String sign, String text, char aligned) {
        int missing = width - sign.length() - text.codePointCount(0, text.length());
        if (missing <= 0) {
            return sign + text;
        }
        budget.chars((long) missing + text.length());
        String filler = Character.toString(fill);
        return switch (aligned) {
            case '<' -> sign + text + filler.repeat(missing);
            case '^' -> filler.repeat(missing / 2) + sign + text + filler.repeat(missing - missing / 2);
            case '=' -> sign + filler.repeat(missing) + text;
            default -> filler.repeat(missing) + sign + text;
        };
    }

    private Fault unknownType(String of) {
        return Fault.value("Unknown format code '" + type + "' for object of type '" + of + "'");
    }

    private boolean skip(char expected) {
        if (peek() == expected) {
            position++;
            return true;
        }
        return false;
    }

    private int number(String problem) {
        int start = position;
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + peek() - '0';
            position++;
            if (value > Integer.MAX_VALUE) {
                throw Fault.value(problem);
            }
        }
        return position == start ? -1 : (int) value;
    }

    private char peek() {
        return position < spec.length() ? spec.charAt(position) : 0;
    }
}
