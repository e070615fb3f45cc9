package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Generator;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Filters that apply a filter or a test to each element, when it is asked for.
final class SelectFilters {
    private SelectFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("map", (run, value, arguments) -> map(run, value, arguments));
        filters.put("select", (run, value, arguments) -> select(run, value, arguments, false, true));
        filters.put("reject", (run, value, arguments) -> select(run, value, arguments, false, false));
        filters.put("selectattr", (run, value, arguments) -> select(run, value, arguments, true, true));
        filters.put("rejectattr", (run, value, arguments) -> select(run, value, arguments, true, false));
    }

    private interface Mapping {
        Value of(Value item);
    }

    private interface Choice {
        boolean takes(Value item);
    }

    private static Value map(Run run, Value value, Arguments arguments) {
        return Generator.over(value, new LazyIterator() {
            private @Nullable Iterator<Value> rest;
            private @Nullable Mapping mapping;

            @Override
            @Nullable
            Value advance() {
                if (rest == null || mapping == null) {
                    if (!Iteration.truth(value)) {
                        return null;
                    }
                    mapping = mapping(run, arguments);
                    rest = Iteration.iterate(value);
                }
                run.budget().step();
                return rest.hasNext() ? mapping.of(rest.next()) : null;
            }
        });
    }

    private static Mapping mapping(Run run, Arguments arguments) {
        if (arguments.size() == 0 && arguments.named().containsKey("attribute")) {
            SequencedMap<String, Value> named = new LinkedHashMap<>(arguments.named());
            Value attribute = named.remove("attribute");
            Value given = named.remove("default");
            AttributePath path = AttributePath.of(attribute == null ? None.NONE : attribute);
            Value otherwise = given == null ? None.NONE : given;
            if (!named.isEmpty()) {
                throw Fault.of(
                        FailureKind.RUNTIME,
                        "Unexpected keyword argument "
                                + Repr.quote(named.firstEntry().getKey()));
            }
            return item -> path.of(run, item, otherwise);
        }
        if (arguments.size() == 0) {
            throw Fault.of(FailureKind.RUNTIME, "map requires a filter argument");
        }
        Value name = arguments.get(0);
        Filter filter = name instanceof Str text ? Filters.find(text.text()) : null;
        if (filter == null) {
            throw unknown(run, "filter", name);
        }
        Arguments rest = new Arguments(arguments.positional().subList(1, arguments.size()), arguments.named());
        return item -> filter.apply(run, item, rest);
    }

    private static Value select(Run run, Value value, Arguments arguments, boolean byAttribute, boolean wanted) {
        return Generator.over(value, new LazyIterator() {
            private @Nullable Iterator<Value> rest;
            private @Nullable Choice choice;

            @Override
            @Nullable
            Value advance() {
                if (rest == null || choice == null) {
                    if (!Iteration.truth(value)) {
                        return null;
                    }
                    choice = choice(run, arguments, byAttribute);
                    rest = Iteration.iterate(value);
                }
                while (rest.hasNext()) {
                    run.budget().step();
                    Value item = rest.next();
                    if (choice.takes(item) == wanted) {
                        return item;
                    }
                }
                return null;
            }
        });
    }

    private static Choice choice(Run run, Arguments arguments, boolean byAttribute) {
        if (byAttribute && arguments.size() == 0) {
            throw Fault.of(FailureKind.RUNTIME, "Missing parameter for attribute name");
        }
        AttributePath path = AttributePath.of(byAttribute ? arguments.get(0) : None.NONE);
        int offset = byAttribute ? 1 : 0;
        if (arguments.size() == offset) {
            return item -> Iteration.truth(path.of(run, item, None.NONE));
        }
        Value name = arguments.get(offset);
        Test test = name instanceof Str text ? Tests.find(text.text()) : null;
        if (test == null) {
            throw unknown(run, "test", name);
        }
        List<Value> positional = arguments.positional().subList(offset + 1, arguments.size());
        Arguments rest = new Arguments(Collections.unmodifiableList(positional), arguments.named());
        return item -> test.test(run, path.of(run, item, None.NONE), rest);
    }

    private static Fault unknown(Run run, String what, Value name) {
        if (what.equals("filter") && name instanceof Str text && Filters.isOfJinja(text.text())) {
            return Fault.unsupported("filter '" + text + "'");
        }
        String problem = "No " + what + " named " + Repr.repr(run.budget(), name) + ".";
        return Fault.of(
                FailureKind.RUNTIME,
                name instanceof Undefined undefined
                        ? problem + " (" + undefined.fault().problem() + "; did you forget to quote the callable name?)"
                        : problem);
    }
}
