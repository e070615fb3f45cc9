package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.syntax.BinaryOperator;
import dev.stepwell.data.jinja.text.Split;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Slices;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;

/// Filters that lay text out.
final class LayoutFilters {
    private static final int LENGTH = 255;
    private static final int LEEWAY = 5;
    private static final int WIDTH = 80;
    private static final Str NEWLINE = Str.of("\n");

    private LayoutFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put(
                "indent",
                BoundFilter.with(Signature.of("indent", 0, "width", "first", "blank"), LayoutFilters::indent));
        filters.put(
                "truncate",
                BoundFilter.with(
                        Signature.of("truncate", 0, "length", "killwords", "end", "leeway"), LayoutFilters::truncate));
        filters.put(
                "center",
                BoundFilter.with(
                        Signature.of("center", 0, "width"),
                        (run, value, given) -> StrLayouts.center(
                                run.budget(), Repr.str(run.budget(), value), given.number(0, WIDTH))));
    }

    private static Value indent(Run run, Value value, Bound given) {
        Value width = given.get(0, Int.of(4));
        Value indentation =
                width instanceof Str ? width : Calculation.compute(run, BinaryOperator.MULTIPLY, Str.of(" "), width);
        if (!(indentation instanceof Str by)) {
            throw Fault.type("can't multiply sequence by non-int of type '" + width.type() + "'");
        }
        Value ended = Calculation.compute(run, BinaryOperator.ADD, value, NEWLINE);
        if (!(ended instanceof Str text)) {
            throw Fault.of(FailureKind.ATTRIBUTE, "'" + value.type() + "' object has no attribute 'splitlines'");
        }
        List<String> lines = Split.lines(text.text(), false);
        boolean blank = given.truth(2);
        run.budget().chars(text.length() + (long) by.length() * lines.size());
        StringBuilder indented = new StringBuilder();
        if (Iteration.truth(given.get(1, Bool.FALSE))) {
            indented.append(by.text());
        }
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                indented.append('\n');
                if (blank || !lines.get(i).isEmpty()) {
                    indented.append(by.text());
                }
            }
            indented.append(lines.get(i));
        }
        return text.with(indented.toString());
    }

    private static Value truncate(Run run, Value value, Bound given) {
        int length = given.number(0, LENGTH);
        Value end = given.get(2, Str.of("..."));
        int leeway = given.get(3) == None.NONE ? LEEWAY : given.number(3, LEEWAY);
        int endLength = Iteration.length(end);
        if (length < endLength) {
            throw Fault.of(FailureKind.ASSERTION, "expected length >= " + endLength + ", got " + length);
        }
        if (leeway < 0) {
            throw Fault.of(FailureKind.ASSERTION, "expected leeway >= 0, got " + leeway);
        }
        if (Iteration.length(value) <= (long) length + leeway) {
            return value;
        }
        Value cut = Slices.slice(run.budget(), value, None.NONE, Int.of(length - endLength), None.NONE);
        if (!given.truth(1)) {
            if (!(cut instanceof Str text)) {
                throw Fault.of(FailureKind.ATTRIBUTE, "'" + value.type() + "' object has no attribute 'rsplit'");
            }
            cut = text.with(Split.separatorFromRight(text.text(), " ", 1).getFirst());
        }
        return Calculation.compute(run, BinaryOperator.ADD, cut, end);
    }
}
