package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.DictView;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Generator;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Slices;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filters on sequences as they are, and `default`.
final class SequenceFilters {
    private SequenceFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("length", BoundFilter.with(Signature.of("len", 0), SequenceFilters::length));
        filters.put("count", BoundFilter.with(Signature.of("len", 0), SequenceFilters::length));
        filters.put("first", BoundFilter.with(Signature.of("first", 0), SequenceFilters::first));
        filters.put("last", BoundFilter.with(Signature.of("last", 0), SequenceFilters::last));
        filters.put(
                "list",
                BoundFilter.with(
                        Signature.of("list", 0),
                        (run, value, given) -> new ListValue(Iteration.list(run.budget(), value))));
        filters.put("reverse", BoundFilter.with(Signature.of("reverse", 0), SequenceFilters::reverse));
        filters.put("items", BoundFilter.with(Signature.of("items", 0), SequenceFilters::items));
        filters.put(
                "batch", BoundFilter.with(Signature.of("batch", 1, "linecount", "fill_with"), SequenceFilters::batch));
        filters.put("slice", BoundFilter.with(Signature.of("slice", 1, "slices", "fill_with"), SequenceFilters::slice));
        Filter otherwise =
                BoundFilter.with(Signature.of("default", 0, "default_value", "boolean"), SequenceFilters::otherwise);
        filters.put("default", otherwise);
        filters.put("d", otherwise);
        filters.put("attr", BoundFilter.with(Signature.of("attr", 1, "name"), SequenceFilters::attribute));
    }

    private static Value length(Run run, Value value, Bound given) {
        if (value instanceof Str text) {
            run.budget().read(text.length());
        }
        return Int.of(Iteration.length(value));
    }

    private static Value first(Run run, Value value, Bound given) {
        Iterator<Value> items = Iteration.iterate(value);
        return items.hasNext() ? items.next() : Undefined.because("No first item, sequence was empty.");
    }

    private static Value last(Run run, Value value, Bound given) {
        if (!Iteration.hasLength(value)) {
            throw Fault.type("'" + value.type() + "' object is not reversible");
        }
        Value last = null;
        if (value instanceof Str text) {
            Value rest = Slices.slice(run.budget(), text, Int.of(-1), None.NONE, None.NONE);
            last = Iteration.truth(rest) ? rest : null;
        } else {
            List<Value> items = Iteration.list(run.budget(), value);
            last = items.isEmpty() ? null : items.getLast();
        }
        return last == null ? Undefined.because("No last item, sequence was empty.") : last;
    }

    private static Value reverse(Run run, Value value, Bound given) {
        Int back = Int.of(-1);
        if (value instanceof Str) {
            return Slices.slice(run.budget(), value, None.NONE, None.NONE, back);
        }
        if (!Iteration.isIterable(value)) {
            throw Fault.of(FailureKind.RUNTIME, "argument must be iterable");
        }
        ListValue list = new ListValue(Iteration.list(run.budget(), value));
        Value reversed = Slices.slice(run.budget(), list, None.NONE, None.NONE, back);
        if (value instanceof Generator) {
            return reversed;
        }
        String type = switch (value) {
            case ListValue _ -> "list_reverseiterator";
            case Dict _ -> "dict_reversekeyiterator";
            case DictView _ -> "dict_reverseviewiterator";
            default -> "reversed";
        };
        return Generator.of(Iteration.iterate(reversed), type);
    }

    private static Value items(Run run, Value value, Bound given) {
        return Generator.over(value, new LazyIterator() {
            private @Nullable Iterator<Value> pairs;

            @Override
            @Nullable
            Value advance() {
                if (pairs == null) {
                    pairs = switch (value) {
                        case Undefined _ -> List.<Value>of().iterator();
                        case Dict dict -> Iteration.iterate(new DictView(dict, DictView.Part.ITEMS));
                        default -> throw Fault.type("Can only get item pairs from a mapping.");
                    };
                }
                run.budget().step();
                return pairs.hasNext() ? pairs.next() : null;
            }
        });
    }

    private static Value batch(Run run, Value value, Bound given) {
        Value filler = given.get(1);
        return Generator.over(value, new LazyIterator() {
            private List<Value> batch = new ArrayList<>();
            private @Nullable Iterator<Value> rest;

            @Override
            @Nullable
            Value advance() {
                if (rest == null) {
                    rest = Iteration.iterate(value);
                }
                int size = given.number(0, 0);
                while (rest.hasNext()) {
                    Value item = rest.next();
                    run.budget().items(1);
                    if (batch.size() == size) {
                        List<Value> full = batch;
                        batch = new ArrayList<>(List.of(item));
                        return new ListValue(full);
                    }
                    batch.add(item);
                }
                return batch.isEmpty() ? null : last(size);
            }

            private ListValue last(int size) {
                List<Value> rows = batch;
                batch = List.of();
                if (filler != None.NONE && rows.size() < size) {
                    run.budget().items(size);
                    while (rows.size() < size) {
                        rows.add(filler);
                    }
                }
                return new ListValue(rows);
            }
        });
    }

    private static Value slice(Run run, Value value, Bound given) {
        Value filler = given.get(1);
        return Generator.over(value, new LazyIterator() {
            private @Nullable List<Value> all;
            private int number;
            private int start;

            @Override
            @Nullable
            Value advance() {
                if (all == null) {
                    all = Iteration.list(run.budget(), value);
                }
                int slices = given.number(0, 0);
                if (slices == 0) {
                    throw Fault.of(FailureKind.DIVISION, "integer division or modulo by zero");
                }
                if (number >= slices) {
                    return null;
                }
                int longer = Math.floorMod(all.size(), slices);
                int size = Math.floorDiv(all.size(), slices) + (number < longer ? 1 : 0);
                run.budget().items(size + 1);
                List<Value> slice = new ArrayList<>(all.subList(start, start + size));
                if (filler != None.NONE && number >= longer) {
                    slice.add(filler);
                }
                start += size;
                number++;
                return new ListValue(slice);
            }
        });
    }

    private static Value otherwise(Run run, Value value, Bound given) {
        boolean missing = value instanceof Undefined || (given.truth(1) && !Iteration.truth(value));
        return missing ? given.get(0, Str.EMPTY) : value;
    }

    private static Value attribute(Run run, Value value, Bound given) {
        Str name = Repr.str(run.budget(), given.get(0));
        if (value instanceof Undefined undefined) {
            throw undefined.fault();
        }
        Value own = Attributes.own(value, name.text());
        return own == null ? Undefined.attribute(value, name.text()) : own;
    }
}
