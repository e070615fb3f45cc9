package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.text.Quoting;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// `str.format` and `str.format_map`, as Jinja's sandbox does them.
final class StrFormat {
    private static final int DEEPEST = 2;

    private final Run run;
    private final Budget budget;
    private final Arguments arguments;
    private final Function<String, @Nullable Value> names;
    private final boolean markup;
    private int automatic;
    private boolean manual;

    private StrFormat(Run run, Arguments arguments, Function<String, @Nullable Value> names, boolean markup) {
        this.run = run;
        this.budget = run.budget();
        this.arguments = arguments;
        this.names = names;
        this.markup = markup;
    }

    static void addTo(Map<String, Method> methods) {
        methods.put("format", (run, owner, arguments) -> {
            Function<String, @Nullable Value> names = arguments.named()::get;
            return format(run, (Str) owner, new StrFormat(run, arguments, names, ((Str) owner).isMarkup()));
        });
        methods.put("format_map", (run, owner, arguments) -> {
            if (arguments.size() != 1 || !arguments.named().isEmpty()) {
                throw Fault.type("format_map() takes exactly one argument (" + arguments.size() + " given)");
            }
            if (!(arguments.get(0) instanceof Dict dict)) {
                throw Fault.type("'" + arguments.get(0).type() + "' object is not a mapping");
            }
            Arguments none = new Arguments(List.of());
            Function<String, @Nullable Value> names = name -> dict.get(Str.of(name));
            return format(run, (Str) owner, new StrFormat(run, none, names, ((Str) owner).isMarkup()));
        });
    }

    private static Value format(Run run, Str format, StrFormat formatter) {
        run.budget().read(format.length());
        return format.with(formatter.format(format.text(), DEEPEST));
    }

    private String format(String format, int depth) {
        if (depth < 0) {
            throw Fault.value("Max string recursion exceeded");
        }
        StringBuilder formatted = new StringBuilder();
        int position = 0;
        while (position < format.length()) {
            char next = format.charAt(position);
            boolean doubled = position + 1 < format.length() && format.charAt(position + 1) == next;
            if (next != '{' && next != '}') {
                formatted.append(next);
                position++;
            } else if (doubled) {
                formatted.append(next);
                position += 2;
            } else if (next == '}') {
                throw Fault.value("Single '}' encountered in format string");
            } else {
                int end = fieldEnd(format, position + 1);
                String field = field(format.substring(position + 1, end), depth);
                long length = (long) formatted.length() + field.length();
                budget.chars(length > budget.limits().valueChars() ? length : field.length());
                formatted.append(field);
                position = end + 1;
            }
        }
        return formatted.toString();
    }

    /// Where the bracket closes that opens before a position.
    private static int fieldEnd(String format, int start) {
        if (start >= format.length()) {
            throw Fault.value("Single '{' encountered in format string");
        }
        int depth = 1;
        boolean index = false;
        boolean specification = false;
        for (int i = start; i < format.length(); i++) {
            char next = format.charAt(i);
            if (!specification && next == '[') {
                index = true;
            } else if (!specification && next == ']') {
                index = false;
            } else if (!index && next == '{') {
                depth++;
            } else if (!index && next == '}') {
                depth--;
            } else if (!index && (next == ':' || next == '!')) {
                specification = true;
            }
            if (depth == 0) {
                return i;
            }
        }
        throw Fault.value("expected '}' before end of string");
    }

    private String field(String field, int depth) {
        int end = 0;
        boolean index = false;
        while (end < field.length()) {
            char next = field.charAt(end);
            if (next == '{' && !index) {
                throw Fault.value("unexpected '{' in field name");
            }
            index = next == '[' || (index && next != ']');
            if (!index && (next == ':' || next == '!')) {
                break;
            }
            end++;
        }
        String name = field.substring(0, end);
        String rest = field.substring(end);
        char conversion = 0;
        if (rest.startsWith("!")) {
            if (rest.length() < 2) {
                throw Fault.value("end of string while looking for conversion specifier");
            }
            conversion = rest.charAt(1);
            rest = rest.substring(2);
            if (!rest.isEmpty() && rest.charAt(0) != ':') {
                throw Fault.value("expected ':' after conversion specifier");
            }
        }
        Value value = converted(value(name), conversion);
        String specification = rest.isEmpty() ? "" : format(rest.substring(1), depth - 1);
        if (!markup) {
            return FormatSpec.format(budget, value, specification);
        }
        if (value instanceof Str text && text.isMarkup()) {
            if (!specification.isEmpty()) {
                throw Fault.value("Unsupported format specification for Markup.");
            }
            return text.text();
        }
        return Markups.escape(budget, Str.of(FormatSpec.format(budget, value, specification)))
                .text();
    }

    private Value converted(Value value, char conversion) {
        return switch (conversion) {
            case 0 -> value;
            case 's' -> Repr.str(budget, value);
            case 'r' -> Str.of(Repr.repr(budget, value));
            case 'a' -> Str.of(Quoting.asciiOnly(Repr.repr(budget, value)));
            default -> throw Fault.value("Unknown conversion specifier " + conversion);
        };
    }

    private Value value(String name) {
        int end = 0;
        while (end < name.length() && name.charAt(end) != '.' && name.charAt(end) != '[') {
            end++;
        }
        Value value = first(name.substring(0, end), name.isEmpty());
        while (end < name.length()) {
            if (name.charAt(end) == '.') {
                int start = end + 1;
                end = start;
                while (end < name.length() && name.charAt(end) != '.' && name.charAt(end) != '[') {
                    end++;
                }
                value = Attributes.attribute(value, Str.of(nonEmpty(name.substring(start, end))));
            } else if (name.charAt(end) == '[') {
                int close = name.indexOf(']', end);
                if (close < 0) {
                    throw Fault.value("Missing ']' in format string");
                }
                String key = nonEmpty(name.substring(end + 1, close));
                value = Attributes.item(run, value, isNumber(key) ? Int.of(number(key)) : Str.of(key));
                end = close + 1;
            } else {
                throw Fault.value("Only '.' or '[' may follow ']' in format field specifier");
            }
        }
        return value;
    }

    private Value first(String name, boolean unnamed) {
        if (unnamed || isNumber(name)) {
            if (unnamed ? manual : automatic > 0) {
                throw Fault.value("cannot switch from manual field specification to automatic field numbering");
            }
            manual = !unnamed;
            long index = unnamed ? automatic++ : number(name);
            if (index >= arguments.size()) {
                throw Fault.of(
                        FailureKind.INDEX, "Replacement index " + index + " out of range for positional args tuple");
            }
            return arguments.get((int) index);
        }
        Value value = names.apply(name);
        if (value == null) {
            throw Fault.of(FailureKind.KEY, Repr.quote(name));
        }
        return value;
    }

    private static String nonEmpty(String name) {
        if (name.isEmpty()) {
            throw Fault.value("Empty attribute in format string");
        }
        return name;
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    private static long number(String digits) {
        if (digits.length() > 18) {
            throw Fault.value("Too many decimal digits in format string");
        }
        return Long.parseLong(digits);
    }
}
