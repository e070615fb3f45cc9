package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.text.Strftime;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.MadeDict;
import dev.stepwell.data.jinja.value.Namespace;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Range;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.time.LocalDateTime;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The functions that every template has.
public final class Globals {
    private static final int LARGEST_RANGE = 100_000;
    private static final Map<String, Value> GLOBALS = Map.of(
            "range", new GlobalFunction("range", Globals::range),
            "dict", new GlobalFunction("dict", Globals::dict),
            "namespace", new GlobalFunction("namespace", Globals::namespace),
            "cycler", new GlobalFunction("cycler", (run, arguments) -> Cycler.of(arguments)),
            "joiner", new GlobalFunction("joiner", (run, arguments) -> Joiner.of(run, arguments)),
            "raise_exception", new GlobalFunction("raise_exception", Globals::raise),
            "strftime_now", new GlobalFunction("strftime_now", Globals::now),
            "lipsum",
                    new GlobalFunction("lipsum", (run, arguments) -> {
                        throw Fault.unsupported("lipsum");
                    }));

    private Globals() {}

    /// The function of this name, null where there is none.
    public static @Nullable Value find(String name) {
        return GLOBALS.get(name);
    }

    private static Value range(Run run, Arguments arguments) {
        List<Value> given = arguments.onlyPositional("range");
        if (given.isEmpty() || given.size() > 3) {
            throw Fault.type("range expected 1 to 3 arguments, got " + given.size());
        }
        long[] bounds = new long[given.size()];
        for (int i = 0; i < bounds.length; i++) {
            if (!(given.get(i) instanceof Integral number)) {
                throw Fault.type("'" + given.get(i).type() + "' object cannot be interpreted as an integer");
            }
            bounds[i] = Math.clamp(Numbers.clamp(number), Long.MIN_VALUE / 4, Long.MAX_VALUE / 4);
        }
        long start = bounds.length == 1 ? 0 : bounds[0];
        long stop = bounds.length == 1 ? bounds[0] : bounds[1];
        long step = bounds.length == 3 ? bounds[2] : 1;
        if (step == 0) {
            throw Fault.value("range() arg 3 must not be zero");
        }
        long distance = step > 0 ? stop - start : start - stop;
        long size = distance <= 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
        if (size > LARGEST_RANGE) {
            throw Fault.of(
                    FailureKind.OVERFLOW,
                    "Range too big. The sandbox blocks ranges larger than MAX_RANGE (" + LARGEST_RANGE + ").");
        }
        return new Range(start, stop, step, (int) size);
    }

    private static Value dict(Run run, Arguments arguments) {
        if (arguments.size() > 1) {
            throw Fault.type("dict expected at most 1 argument, got " + arguments.size());
        }
        MadeDict dict = new MadeDict();
        if (arguments.size() == 1) {
            fill(run, dict, arguments.get(0));
        }
        run.budget().items(arguments.named().size());
        arguments.named().forEach((name, value) -> dict.put(run.budget(), Str.of(name), value));
        return dict;
    }

    private static void fill(Run run, MadeDict dict, Value source) {
        if (source instanceof Dict other) {
            run.budget().items(other.size());
            dict.putAll(other);
            return;
        }
        int index = 0;
        for (Iterator<Value> rest = Iteration.iterate(source); rest.hasNext(); index++) {
            Value pair = rest.next();
            run.budget().items(1);
            if (!Iteration.isIterable(pair)) {
                throw Fault.type("cannot convert dictionary update sequence element #" + index + " to a sequence");
            }
            List<Value> items = Iteration.list(run.budget(), pair);
            if (items.size() != 2) {
                throw Fault.value("dictionary update sequence element #" + index + " has length " + items.size()
                        + "; 2 is required");
            }
            dict.put(run.budget(), items.get(0), items.get(1));
        }
    }

    /// `dict.fromkeys`.
    static Value fromKeys(Run run, Arguments arguments) {
        List<Value> given = arguments.onlyPositional("dict.fromkeys");
        if (given.isEmpty() || given.size() > 2) {
            throw Fault.type("fromkeys expected 1 or 2 arguments, got " + given.size());
        }
        Value value = given.size() == 2 ? given.get(1) : None.NONE;
        MadeDict dict = new MadeDict();
        for (Value key : Iteration.list(run.budget(), given.getFirst())) {
            run.budget().items(1);
            dict.put(run.budget(), key, value);
        }
        return dict;
    }

    private static Value namespace(Run run, Arguments arguments) {
        Namespace namespace = new Namespace();
        Dict attributes = (Dict) dict(run, arguments);
        attributes.entries().forEachRemaining(entry -> namespace.set(run.budget(), entry.getKey(), entry.getValue()));
        return namespace;
    }

    private static Value raise(Run run, Arguments arguments) {
        Value message =
                Signature.of("raise_exception", 1, "message").bind(arguments).get(0);
        throw Fault.raised(Repr.str(run.budget(), message).text());
    }

    private static Value now(Run run, Arguments arguments) {
        Str format = Signature.of("strftime_now", 1, "format").bind(arguments).text(0);
        run.budget().read(format.length());
        String now = Strftime.format(LocalDateTime.now(run.clock()), run.clock().getZone(), format.text());
        run.budget().chars(now.length());
        return Str.of(now);
    }
}
