package dev.stepwell.data.jinja.code;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Computes what a call passes.
record ArgumentsCode(
        List<Operation> positional,
        List<String> names,
        List<Operation> named,
        @Nullable Operation spread,
        @Nullable Operation spreadNamed) {
    Arguments evaluate(Frame frame) {
        if (names.isEmpty() && spread == null && spreadNamed == null) {
            return new Arguments(positional(frame));
        }
        List<Value> values = positional(frame);
        SequencedMap<String, Value> byName = new LinkedHashMap<>();
        for (int i = 0; i < named.size(); i++) {
            byName.put(names.get(i), named.get(i).evaluate(frame));
        }
        if (spread != null) {
            values = new ArrayList<>(values);
            Value more = spread.evaluate(frame);
            if (!Iteration.isIterable(more)) {
                throw Fault.type("Value after * must be an iterable, not " + more.type());
            }
            values.addAll(Iteration.list(frame.run.budget(), more));
        }
        if (spreadNamed != null) {
            spreadNamed(frame, spreadNamed.evaluate(frame), byName);
        }
        return new Arguments(values, byName);
    }

    private static void spreadNamed(Frame frame, Value more, SequencedMap<String, Value> byName) {
        if (more instanceof Undefined undefined) {
            throw undefined.fault();
        }
        if (!(more instanceof Dict dict)) {
            throw Fault.type("argument after ** must be a mapping, not " + more.type());
        }
        for (Iterator<Map.Entry<Value, Value>> entries = dict.entries(); entries.hasNext(); ) {
            Map.Entry<Value, Value> entry = entries.next();
            frame.run.budget().step();
            if (!(entry.getKey() instanceof Str name)) {
                throw Fault.type("keywords must be strings");
            }
            if (byName.put(name.text(), entry.getValue()) != null) {
                throw Fault.type("got multiple values for keyword argument '" + name + "'");
            }
        }
    }

    private List<Value> positional(Frame frame) {
        Value[] values = new Value[positional.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = positional.get(i).evaluate(frame);
        }
        return Arrays.asList(values);
    }
}
