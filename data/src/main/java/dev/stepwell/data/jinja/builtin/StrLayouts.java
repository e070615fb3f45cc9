package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;

/// Methods of strings that fill them up to a width.
final class StrLayouts {
    private StrLayouts() {}

    private enum Side {
        LEFT,
        RIGHT,
        BOTH
    }

    static void addTo(Map<String, Method> methods) {
        methods.put("ljust", (run, owner, arguments) -> fill(run, (Str) owner, arguments, Side.RIGHT));
        methods.put("rjust", (run, owner, arguments) -> fill(run, (Str) owner, arguments, Side.LEFT));
        methods.put("center", (run, owner, arguments) -> fill(run, (Str) owner, arguments, Side.BOTH));
        methods.put("zfill", (run, owner, arguments) -> zeros(run.budget(), (Str) owner, arguments));
        methods.put("expandtabs", (run, owner, arguments) -> tabs(run.budget(), (Str) owner, arguments));
    }

    private static Value fill(Run run, Str text, Arguments arguments, Side side) {
        List<Value> given = arguments.onlyPositional("str.center");
        if (given.isEmpty() || given.size() > 2) {
            throw Fault.type("expected 1 or 2 arguments, got " + given.size());
        }
        int width = Bound.integer(given.getFirst());
        String filler = " ";
        if (given.size() == 2) {
            Value value = text.isMarkup() ? Markups.escape(run.budget(), given.get(1)) : given.get(1);
            if (!(value instanceof Str one)) {
                throw Fault.type("The fill character must be a unicode character, not " + value.type());
            }
            if (one.points() != 1) {
                throw Fault.type("The fill character must be exactly one character long");
            }
            filler = one.text();
        }
        int missing = width - text.points();
        if (missing <= 0) {
            return text;
        }
        int left = switch (side) {
            case LEFT -> missing;
            case RIGHT -> 0;
            case BOTH -> missing / 2 + (missing & width & 1);
        };
        run.budget().chars((long) text.length() + (long) missing * filler.length());
        return text.with(filler.repeat(left) + text.text() + filler.repeat(missing - left));
    }

    /// The text in the middle of a width.
    static Str center(Budget budget, Str text, int width) {
        int missing = width - text.points();
        if (missing <= 0) {
            return text;
        }
        int left = missing / 2 + (missing & width & 1);
        budget.chars((long) text.length() + missing);
        return text.with(" ".repeat(left) + text.text() + " ".repeat(missing - left));
    }

    private static Value zeros(Budget budget, Str text, Arguments arguments) {
        int width = Signature.of("zfill", 1, "width").bind(arguments).number(0, 0);
        int missing = width - text.points();
        if (missing <= 0) {
            return text;
        }
        budget.chars((long) text.length() + missing);
        String whole = text.text();
        int sign = whole.startsWith("+") || whole.startsWith("-") ? 1 : 0;
        return text.with(whole.substring(0, sign) + "0".repeat(missing) + whole.substring(sign));
    }

    private static Value tabs(Budget budget, Str text, Arguments arguments) {
        int size = Signature.of("expandtabs", 0, "tabsize").bind(arguments).number(0, 8);
        StringBuilder expanded = new StringBuilder(text.length());
        int column = 0;
        budget.read(text.length());
        for (int point : text.text().codePoints().toArray()) {
            if (point == '\t') {
                int spaces = size > 0 ? size - column % size : 0;
                budget.chars(
                        (long) expanded.length() + spaces > budget.limits().valueChars()
                                ? (long) expanded.length() + spaces
                                : spaces);
                expanded.repeat(' ', spaces);
                column += spaces;
            } else {
                expanded.appendCodePoint(point);
                column = point == '\n' || point == '\r' ? 0 : column + 1;
            }
        }
        budget.chars(expanded.length());
        return text.with(expanded.toString());
    }
}
