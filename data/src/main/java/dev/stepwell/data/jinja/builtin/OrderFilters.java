package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.text.Case;
import dev.stepwell.data.jinja.text.Split;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.DictView;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Generator;
import dev.stepwell.data.jinja.value.Items;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Ordering;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Filters that compare elements with one another.
final class OrderFilters {
    private OrderFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put(
                "sort",
                BoundFilter.with(
                        Signature.of("sort", 0, "reverse", "case_sensitive", "attribute"), OrderFilters::sort));
        filters.put(
                "dictsort",
                BoundFilter.with(
                        Signature.of("dictsort", 0, "case_sensitive", "by", "reverse"), OrderFilters::dictSort));
        filters.put(
                "unique",
                BoundFilter.with(Signature.of("unique", 0, "case_sensitive", "attribute"), OrderFilters::unique));
        filters.put("min", extreme("min", Ordering.Operator.LT));
        filters.put("max", extreme("max", Ordering.Operator.GT));
        filters.put(
                "groupby",
                BoundFilter.with(
                        Signature.of("groupby", 1, "attribute", "default", "case_sensitive"), OrderFilters::group));
    }

    private static Value sort(Run run, Value value, Bound given) {
        List<AttributePath> paths = new ArrayList<>();
        if (given.get(2) instanceof Str text) {
            Split.separator(text.text(), ",", -1).forEach(part -> paths.add(AttributePath.of(Str.of(part))));
        } else {
            paths.add(AttributePath.of(given.get(2)));
        }
        boolean caseSensitive = given.truth(1);
        List<Value> items = Iteration.list(run.budget(), value);
        return new ListValue(
                Sorting.by(run.budget(), items, item -> sortKey(run, paths, item, caseSensitive), given.truth(0)));
    }

    private static Value sortKey(Run run, List<AttributePath> paths, Value item, boolean caseSensitive) {
        List<Value> keys = new ArrayList<>(paths.size());
        for (AttributePath path : paths) {
            keys.add(folded(run, path.of(run, item, None.NONE), caseSensitive));
        }
        return new ListValue(keys);
    }

    private static Value dictSort(Run run, Value value, Bound given) {
        int position = switch (given.get(1, Str.of("key"))) {
            case Str text when text.text().equals("key") -> 0;
            case Str text when text.text().equals("value") -> 1;
            default -> throw Fault.of(FailureKind.RUNTIME, "You can only sort by either \"key\" or \"value\"");
        };
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (!(value instanceof Dict dict)) {
            throw Fault.of(FailureKind.ATTRIBUTE, "'" + value.type() + "' object has no attribute 'items'");
        }
        boolean caseSensitive = given.truth(0);
        List<Value> pairs = Iteration.list(run.budget(), new DictView(dict, DictView.Part.ITEMS));
        return new ListValue(Sorting.by(
                run.budget(),
                pairs,
                pair -> folded(run, ((Items) pair).items().get(position), caseSensitive),
                given.truth(2)));
    }

    private static Value unique(Run run, Value value, Bound given) {
        AttributePath path = AttributePath.of(given.get(1));
        boolean caseSensitive = given.truth(0);
        return Generator.over(value, new LazyIterator() {
            private final Set<Value> seen = new HashSet<>();
            private @Nullable Iterator<Value> rest;

            @Override
            @Nullable
            Value advance() {
                if (rest == null) {
                    rest = Iteration.iterate(value);
                }
                while (rest.hasNext()) {
                    Value item = rest.next();
                    run.budget().items(1);
                    Value key = folded(run, path.of(run, item, None.NONE), caseSensitive);
                    Equality.requireHashable(run.budget(), key);
                    if (seen.add(key)) {
                        return item;
                    }
                }
                return null;
            }
        });
    }

    private static Filter extreme(String name, Ordering.Operator better) {
        return BoundFilter.with(Signature.of(name, 0, "case_sensitive", "attribute"), (run, value, given) -> {
            AttributePath path = AttributePath.of(given.get(1));
            boolean caseSensitive = given.truth(0);
            Iterator<Value> rest = Iteration.iterate(value);
            if (!rest.hasNext()) {
                return Undefined.because("No aggregated item, sequence was empty.");
            }
            Value best = rest.next();
            Value bestKey = folded(run, path.of(run, best, None.NONE), caseSensitive);
            while (rest.hasNext()) {
                Value item = rest.next();
                run.budget().step();
                Value key = folded(run, path.of(run, item, None.NONE), caseSensitive);
                if (Ordering.holds(run.budget(), better, key, bestKey)) {
                    best = item;
                    bestKey = key;
                }
            }
            return best;
        });
    }

    private static Value group(Run run, Value value, Bound given) {
        AttributePath path = AttributePath.of(given.get(0));
        Value otherwise = given.get(1);
        boolean caseSensitive = given.truth(2);
        List<Value> items = Iteration.list(run.budget(), value);
        List<Value> sorted = Sorting.by(
                run.budget(), items, item -> folded(run, path.of(run, item, otherwise), caseSensitive), false);
        List<Value> groups = new ArrayList<>();
        List<Value> group = new ArrayList<>();
        Value groupKey = None.NONE;
        for (Value item : sorted) {
            Value key = folded(run, path.of(run, item, otherwise), caseSensitive);
            if (!group.isEmpty() && !Equality.identicalOrEqual(run.budget(), groupKey, key)) {
                groups.add(group(run, path, otherwise, group));
                group = new ArrayList<>();
            }
            if (group.isEmpty()) {
                groupKey = key;
            }
            group.add(item);
        }
        if (!group.isEmpty()) {
            groups.add(group(run, path, otherwise, group));
        }
        return new ListValue(groups);
    }

    private static Value group(Run run, AttributePath path, Value otherwise, List<Value> items) {
        Value key = path.of(run, items.getFirst(), otherwise);
        return new Tuple(List.of(key, new ListValue(items)), List.of("grouper", "list"));
    }

    private static Value folded(Run run, Value value, boolean caseSensitive) {
        if (caseSensitive || !(value instanceof Str text)) {
            return value;
        }
        run.budget().read(text.length());
        return Str.of(Case.lower(text.text()));
    }
}
