package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `tojson`, in the form that transformers gives it: nothing is escaped for HTML.
final class JsonFilter {
    private static final Signature SIGNATURE =
            Signature.of("tojson", 0, "ensure_ascii", "indent", "separators", "sort_keys");

    private JsonFilter() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("tojson", BoundFilter.with(SIGNATURE, JsonFilter::write));
    }

    private static Value write(Run run, Value value, Bound given) {
        Budget budget = run.budget();
        String indent = indent(budget, given.get(1));
        String item = indent == null ? ", " : ",";
        String key = ": ";
        if (given.get(2) != None.NONE) {
            List<Value> separators = Iteration.unpack(budget, given.get(2), 2);
            item = separator(separators.get(0));
            key = separator(separators.get(1));
        }
        boolean ascii = Iteration.truth(given.get(0, Bool.FALSE));
        boolean sorted = Iteration.truth(given.get(3, Bool.FALSE));
        return Str.of(Json.write(budget, new Json.Style(ascii, indent, item, key, sorted), value));
    }

    private static @Nullable String indent(Budget budget, Value indent) {
        return switch (indent) {
            case None _ -> null;
            case Str text -> text.text();
            case Integral _ -> {
                int width = Math.max(0, Bound.integer(indent));
                budget.chars(width);
                yield " ".repeat(width);
            }
            default -> throw Fault.type("can't multiply sequence by non-int of type '" + indent.type() + "'");
        };
    }

    private static String separator(Value value) {
        if (value instanceof Str text) {
            return text.text();
        }
        throw Fault.type("separators must be str, not " + value.type());
    }
}
