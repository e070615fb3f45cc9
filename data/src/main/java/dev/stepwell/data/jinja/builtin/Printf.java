package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.text.FloatFormat;
import dev.stepwell.data.jinja.text.Quoting;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Numeric;
import dev.stepwell.data.jinja.value.Range;
import dev.stepwell.data.jinja.value.Real;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Slices;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Locale;

/// Python's `%` on strings.
final class Printf {
    private static final int PRECISION = 6;
    private static final int MOST_DIGITS = 4300;

    private final Budget budget;
    private final Str format;
    private final String text;
    private final Value values;
    private final StringBuilder formatted = new StringBuilder();
    private int position;
    private int used;
    private boolean named;

    private Printf(Run run, Str format, Value values) {
        this.budget = run.budget();
        this.format = format;
        this.text = format.text();
        this.values = values;
    }

    /// The format with these values: a tuple, a mapping, or one value.
    static Value format(Run run, Str format, Value values) {
        run.budget().read(format.length());
        return format.with(new Printf(run, format, values).format());
    }

    private String format() {
        while (position < text.length()) {
            int next = text.indexOf('%', position);
            int end = next < 0 ? text.length() : next;
            append(text.substring(position, end), 0, false);
            position = end;
            if (next >= 0) {
                position++;
                conversion();
            }
        }
        int given = values instanceof Tuple tuple ? tuple.items().size() : 1;
        if (!isMapping() && used < given) {
            throw Fault.type("not all arguments converted during string formatting");
        }
        return formatted.toString();
    }

    private boolean isMapping() {
        return values instanceof Dict
                || values instanceof ListValue
                || values instanceof Undefined
                || values instanceof Range;
    }

    /// Flags of a conversion.
    private static final class Flags {
        private boolean left;
        private boolean plus;
        private boolean blank;
        private boolean alternate;
        private boolean zero;
        private int width;
        private int precision = -1;
    }

    private void conversion() {
        Value item = null;
        if (peek() == '(') {
            item = named();
        }
        Flags flags = flags();
        int width = number();
        flags.left |= width < 0;
        flags.width = Math.abs(width);
        if (peek() == '.') {
            position++;
            flags.precision = Math.max(0, number());
        }
        while (peek() == 'h' || peek() == 'l' || peek() == 'L') {
            position++;
        }
        if (position >= text.length()) {
            throw Fault.value("incomplete format");
        }
        int conversion = text.codePointAt(position);
        position += Character.charCount(conversion);
        if (conversion == '%') {
            append("%", 0, false);
            return;
        }
        Value value = item == null ? next() : item;
        switch (conversion) {
            case 's', 'r', 'a' -> string(text(value, (char) conversion), flags);
            case 'd', 'i', 'u', 'o', 'x', 'X' -> whole(value, (char) conversion, flags);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> real(value, (char) conversion, flags);
            case 'c' -> string(character(value), flags);
            default ->
                throw Fault.value("unsupported format character '" + Character.toString(conversion) + "' (0x"
                        + Integer.toHexString(conversion) + ") at index "
                        + text.codePointCount(0, position - Character.charCount(conversion)));
        }
    }

    private Value named() {
        int depth = 1;
        int start = ++position;
        while (position < text.length() && depth > 0) {
            char next = text.charAt(position++);
            depth += next == '(' ? 1 : next == ')' ? -1 : 0;
        }
        if (values instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (!isMapping()) {
            throw Fault.type("format requires a mapping");
        }
        if (depth > 0) {
            throw Fault.value("incomplete format key");
        }
        Str key = Str.of(text.substring(start, position - 1));
        if (!(values instanceof Dict dict)) {
            throw Fault.type("list indices must be integers or slices, not str");
        }
        Value found = dict.get(key);
        if (found == null) {
            throw Fault.of(FailureKind.KEY, Repr.quote(key.text()));
        }
        named = true;
        return found;
    }

    private Flags flags() {
        Flags flags = new Flags();
        for (; ; position++) {
            switch (peek()) {
                case '-' -> flags.left = true;
                case '+' -> flags.plus = true;
                case ' ' -> flags.blank = true;
                case '#' -> flags.alternate = true;
                case '0' -> flags.zero = true;
                default -> {
                    return flags;
                }
            }
        }
    }

    /// A width or a precision: written down, or among the values. Zero where there is none.
    private int number() {
        if (peek() == '*') {
            position++;
            if (!(next() instanceof Integral number)) {
                throw Fault.type("* wants int");
            }
            long value = Numbers.clamp(number);
            if (value > Integer.MAX_VALUE || value < -Integer.MAX_VALUE) {
                throw Fault.of(FailureKind.OVERFLOW, "Python int too large to convert to C int");
            }
            return (int) value;
        }
        long value = 0;
        while (peek() >= '0' && peek() <= '9') {
            value = value * 10 + peek() - '0';
            position++;
            if (value > Integer.MAX_VALUE) {
                throw Fault.value("width too big");
            }
        }
        return (int) value;
    }

    private Value next() {
        if (named) {
            throw Fault.type("not enough arguments for format string");
        }
        if (values instanceof Tuple tuple) {
            List<Value> items = tuple.items();
            if (used >= items.size()) {
                throw Fault.type("not enough arguments for format string");
            }
            return items.get(used++);
        }
        if (used++ > 0) {
            throw Fault.type("not enough arguments for format string");
        }
        return values;
    }

    private String text(Value value, char conversion) {
        return switch (conversion) {
            case 's' -> escaped(Repr.str(budget, value)).text();
            case 'r' -> escaped(Str.of(Repr.repr(budget, value))).text();
            default -> Quoting.asciiOnly(Repr.repr(budget, value));
        };
    }

    /// What is put into a string that is safe for HTML is escaped.
    private Str escaped(Str string) {
        return format.isMarkup() ? Markups.escape(budget, string) : string;
    }

    private static String character(Value value) {
        if (value instanceof Str one && one.points() == 1) {
            return one.text();
        }
        if (value instanceof Integral number) {
            long point = Numbers.clamp(number);
            if (point < 0 || point > Character.MAX_CODE_POINT) {
                throw Fault.of(FailureKind.OVERFLOW, "%c arg not in range(0x110000)");
            }
            return Character.toString((int) point);
        }
        throw Fault.type("%c requires int or char");
    }

    private void string(String string, Flags flags) {
        String cut = string;
        if (flags.precision >= 0 && string.codePointCount(0, string.length()) > flags.precision) {
            Value part = Slices.slice(budget, Str.of(string), None.NONE, Int.of(flags.precision), None.NONE);
            cut = Repr.str(budget, part).text();
        }
        append(cut, flags.width, flags.left);
    }

    private void whole(Value value, char conversion, Flags flags) {
        Integral number = integer(value, conversion);
        int radix = switch (conversion) {
            case 'o' -> 8;
            case 'x', 'X' -> 16;
            default -> 10;
        };
        String digits = radix == 10
                ? Repr.repr(budget, Integral.of(number.big().abs()))
                : number.big().abs().toString(radix);
        budget.chars(flags.precision > budget.limits().valueChars() ? flags.precision : 0);
        if (digits.length() < flags.precision) {
            digits = "0".repeat(flags.precision - digits.length()) + digits;
        }
        String prefix = !flags.alternate || radix == 10 ? "" : radix == 8 ? "0o" : "0x";
        String all = prefix + digits;
        numeric(number.big().signum() < 0, prefix.length(), conversion == 'X' ? upper(all) : all, flags);
    }

    private static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    private Integral integer(Value value, char conversion) {
        boolean decimal = conversion == 'd' || conversion == 'i' || conversion == 'u';
        return switch (value) {
            case Integral number -> Integral.of(number.big());
            case Real real when decimal -> Numbers.truncate(real.value());
            case Undefined undefined when decimal -> throw undefined.fault();
            default ->
                throw Fault.type("%" + conversion + " format: " + (decimal ? "a real number" : "an integer")
                        + " is required, not " + value.type());
        };
    }

    private void real(Value value, char conversion, Flags flags) {
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (!(value instanceof Numeric number)) {
            throw Fault.type("must be real number, not " + value.type());
        }
        int precision = flags.precision < 0 ? PRECISION : flags.precision;
        budget.chars(precision);
        if (precision > MOST_DIGITS) {
            throw Fault.value("precision too big");
        }
        double real = Numbers.toDouble(number);
        boolean negative = real < 0 || (real == 0 && 1 / real < 0);
        numeric(negative, 0, FloatFormat.format(real, conversion, precision, flags.alternate), flags);
    }

    private void numeric(boolean negative, int prefix, String digits, Flags flags) {
        String sign = negative ? "-" : flags.plus ? "+" : flags.blank ? " " : "";
        int missing = flags.width - sign.length() - digits.length();
        if (flags.zero && !flags.left && missing > 0) {
            budget.chars(missing);
            append(sign + digits.substring(0, prefix) + "0".repeat(missing) + digits.substring(prefix), 0, false);
        } else {
            append(sign + digits, flags.width, flags.left);
        }
    }

    private void append(String part, int width, boolean left) {
        int missing = Math.max(0, width - part.codePointCount(0, part.length()));
        long length = (long) formatted.length() + part.length() + missing;
        budget.chars(length > budget.limits().valueChars() ? length : (long) part.length() + missing);
        if (!left) {
            formatted.repeat(' ', missing);
        }
        formatted.append(part);
        if (left) {
            formatted.repeat(' ', missing);
        }
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : 0;
    }
}
