package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.text.Characters;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.DictView;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Filters for HTML and addresses.
final class MarkupFilters {
    private MarkupFilters() {}

    static void addTo(Map<String, Filter> filters) {
        Filter escape =
                BoundFilter.with(Signature.of("escape", 0), (run, value, given) -> Markups.escape(run.budget(), value));
        filters.put("e", escape);
        filters.put("escape", escape);
        filters.put(
                "forceescape",
                BoundFilter.with(
                        Signature.of("forceescape", 0),
                        (run, value, given) -> Markups.escape(
                                run.budget(),
                                Str.of(Repr.str(run.budget(), value).text()))));
        filters.put(
                "safe",
                BoundFilter.with(
                        Signature.of("safe", 0),
                        (run, value, given) ->
                                Str.of(Repr.str(run.budget(), value).text(), true)));
        filters.put("xmlattr", BoundFilter.with(Signature.of("xmlattr", 0, "autospace"), MarkupFilters::attributes));
        filters.put("urlencode", BoundFilter.with(Signature.of("urlencode", 0), MarkupFilters::url));
    }

    private static Value attributes(Run run, Value value, Bound given) {
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (!(value instanceof Dict dict)) {
            throw Fault.of(FailureKind.ATTRIBUTE, "'" + value.type() + "' object has no attribute 'items'");
        }
        Budget budget = run.budget();
        Joining joining = new Joining(budget, Str.of(" "));
        for (Iterator<Map.Entry<Value, Value>> entries = dict.entries(); entries.hasNext(); ) {
            Map.Entry<Value, Value> entry = entries.next();
            if (entry.getValue() != None.NONE && !(entry.getValue() instanceof Undefined)) {
                if (!(entry.getKey() instanceof Str key)) {
                    throw Fault.type("expected string or bytes-like object, got '"
                            + entry.getKey().type() + "'");
                }
                if (key.text().chars().anyMatch(MarkupFilters::endsKey)) {
                    throw Fault.value("Invalid character in attribute name: " + Repr.repr(budget, key));
                }
                String text = Markups.escape(budget, key) + "=\"" + Markups.escape(budget, entry.getValue()) + "\"";
                joining.add(Str.of(text));
            }
        }
        String text = joining.text();
        return Str.of(Iteration.truth(given.get(0, Bool.TRUE)) && !text.isEmpty() ? " " + text : text);
    }

    private static boolean endsKey(int point) {
        return point < 0x80 && (" />=".indexOf(point) >= 0 || (Characters.isSpace(point) && point < 0x1c));
    }

    private static Value url(Run run, Value value, Bound given) {
        if (value instanceof Str || !Iteration.isIterable(value)) {
            return Str.of(quote(run.budget(), value, false));
        }
        Value pairs = value instanceof Dict dict ? new DictView(dict, DictView.Part.ITEMS) : value;
        Joining joining = new Joining(run.budget(), Str.of("&"));
        for (Iterator<Value> rest = Iteration.iterate(pairs); rest.hasNext(); ) {
            List<Value> pair = Iteration.unpack(run.budget(), rest.next(), 2);
            String key = quote(run.budget(), pair.get(0), true);
            joining.add(Str.of(key + "=" + quote(run.budget(), pair.get(1), true)));
        }
        return Str.of(joining.text());
    }

    private static String quote(Budget budget, Value value, boolean query) {
        Str text = Repr.str(budget, value);
        budget.chars(text.length());
        StringBuilder quoted = new StringBuilder(text.length());
        for (byte one : text.text().getBytes(StandardCharsets.UTF_8)) {
            char point = (char) (one & 0xff);
            boolean safe = (point >= 'a' && point <= 'z')
                    || (point >= 'A' && point <= 'Z')
                    || (point >= '0' && point <= '9')
                    || "_.-~".indexOf(point) >= 0
                    || (!query && point == '/');
            if (safe) {
                quoted.append(point);
            } else if (query && point == ' ') {
                quoted.append('+');
            } else {
                quoted.append("%%%02X".formatted((int) point));
            }
        }
        budget.chars(quoted.length());
        return quoted.toString();
    }
}
