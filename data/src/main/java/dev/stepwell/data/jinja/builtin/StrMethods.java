package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.text.Case;
import dev.stepwell.data.jinja.text.Split;
import dev.stepwell.data.jinja.text.Strip;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The methods of strings.
final class StrMethods {
    private static final Map<String, Method> METHODS = methods();

    private StrMethods() {}

    static @Nullable Method find(String name) {
        return METHODS.get(name);
    }

    private static Map<String, Method> methods() {
        Map<String, Method> methods = new HashMap<>();
        methods.put("upper", changing("upper", Case::upper));
        methods.put("lower", changing("lower", Case::lower));
        methods.put("title", changing("title", Case::title));
        methods.put("capitalize", changing("capitalize", Case::capitalize));
        methods.put("swapcase", changing("swapcase", Case::swap));
        methods.put("strip", (run, owner, arguments) -> strip(run, owner, arguments, true, true));
        methods.put("lstrip", (run, owner, arguments) -> strip(run, owner, arguments, true, false));
        methods.put("rstrip", (run, owner, arguments) -> strip(run, owner, arguments, false, true));
        methods.put("split", (run, owner, arguments) -> split(run.budget(), (Str) owner, arguments, false));
        methods.put("rsplit", (run, owner, arguments) -> split(run.budget(), (Str) owner, arguments, true));
        methods.put("splitlines", (run, owner, arguments) -> lines(run.budget(), (Str) owner, arguments));
        methods.put("partition", (run, owner, arguments) -> partition(run.budget(), (Str) owner, arguments, false));
        methods.put("rpartition", (run, owner, arguments) -> partition(run.budget(), (Str) owner, arguments, true));
        methods.put("join", (run, owner, arguments) -> join(run, (Str) owner, arguments));
        methods.put("removeprefix", (run, owner, arguments) -> remove(run.budget(), (Str) owner, arguments, true));
        methods.put("removesuffix", (run, owner, arguments) -> remove(run.budget(), (Str) owner, arguments, false));
        StrSearches.addTo(methods);
        StrQuestions.addTo(methods);
        StrLayouts.addTo(methods);
        StrFormat.addTo(methods);
        for (String name : List.of("encode", "translate", "maketrans", "casefold", "unescape", "striptags", "escape")) {
            methods.putIfAbsent(name, (run, owner, arguments) -> {
                throw Fault.unsupported("str." + name);
            });
        }
        return Map.copyOf(methods);
    }

    private static Method changing(String name, UnaryOperator<String> change) {
        Signature signature = Signature.of("str." + name, 0);
        return (run, owner, arguments) -> {
            signature.bind(arguments);
            Str text = (Str) owner;
            run.budget().chars(text.length());
            return text.with(change.apply(text.text()));
        };
    }

    private static Value strip(Run run, Value owner, Arguments arguments, boolean left, boolean right) {
        List<Value> given = arguments.onlyPositional("str.strip");
        Str text = (Str) owner;
        run.budget().read(text.length());
        if (given.isEmpty() || (given.size() == 1 && given.getFirst() == None.NONE)) {
            return stripped(text, Strip.whitespace(text.text(), left, right));
        }
        if (given.size() > 1 || !(given.getFirst() instanceof Str characters)) {
            throw Fault.type("strip arg must be None or str");
        }
        run.budget().read((long) text.length() * Math.min(characters.length(), 64));
        return stripped(text, Strip.characters(text.text(), characters.text(), left, right));
    }

    private static Str stripped(Str text, String result) {
        return result.length() == text.length() ? text : text.with(result);
    }

    private static Value split(Budget budget, Str text, Arguments arguments, boolean right) {
        Bound given =
                Signature.of(right ? "rsplit" : "split", 0, "sep", "maxsplit").bind(arguments);
        int limit = given.number(1, -1);
        budget.read(text.length());
        Value separator = given.get(0);
        List<String> parts;
        if (separator == None.NONE) {
            parts = right ? Split.whitespaceFromRight(text.text(), limit) : Split.whitespace(text.text(), limit);
        } else if (separator instanceof Str by) {
            if (by.length() == 0) {
                throw Fault.value("empty separator");
            }
            budget.search(text.length(), by.length());
            parts = right
                    ? Split.separatorFromRight(text.text(), by.text(), limit)
                    : Split.separator(text.text(), by.text(), limit);
        } else {
            throw Fault.type("must be str or None, not " + separator.type());
        }
        return list(budget, text, parts);
    }

    private static Value lines(Budget budget, Str text, Arguments arguments) {
        Bound given = Signature.of("splitlines", 0, "keepends").bind(arguments);
        budget.read(text.length());
        return list(budget, text, Split.lines(text.text(), given.truth(0)));
    }

    private static ListValue list(Budget budget, Str owner, List<String> parts) {
        budget.items(parts.size());
        budget.chars(owner.length());
        List<Value> values = new ArrayList<>(parts.size());
        for (String part : parts) {
            values.add(owner.with(part));
        }
        return new ListValue(values);
    }

    private static Value partition(Budget budget, Str text, Arguments arguments, boolean right) {
        String separator =
                Signature.of("partition", 1, "sep").bind(arguments).text(0).text();
        if (separator.isEmpty()) {
            throw Fault.value("empty separator");
        }
        budget.search(text.length(), separator.length());
        budget.chars(text.length());
        String whole = text.text();
        int at = right ? whole.lastIndexOf(separator) : whole.indexOf(separator);
        if (at < 0) {
            Str empty = text.with("");
            return new Tuple(right ? List.of(empty, empty, text) : List.of(text, empty, empty));
        }
        return new Tuple(List.of(
                text.with(whole.substring(0, at)),
                text.with(separator),
                text.with(whole.substring(at + separator.length()))));
    }

    private static Value join(Run run, Str separator, Arguments arguments) {
        Value given = Signature.of("str.join", 1, "iterable").bind(arguments).get(0);
        if (!Iteration.isIterable(given)) {
            throw Fault.type("can only join an iterable");
        }
        Joining joining = new Joining(run.budget(), separator);
        int index = 0;
        for (Iterator<Value> rest = Iteration.iterate(given); rest.hasNext(); index++) {
            Value item = rest.next();
            run.budget().step();
            if (separator.isMarkup()) {
                joining.add(Markups.escape(run.budget(), item));
            } else if (item instanceof Str text) {
                joining.add(text);
            } else {
                throw Fault.type("sequence item " + index + ": expected str instance, " + item.type() + " found");
            }
        }
        return separator.with(joining.text());
    }

    private static Value remove(Budget budget, Str text, Arguments arguments, boolean prefix) {
        String part = Signature.of(prefix ? "removeprefix" : "removesuffix", 1, "part")
                .bind(arguments)
                .text(0)
                .text();
        budget.read(text.length());
        String whole = text.text();
        if (prefix) {
            return whole.startsWith(part) ? text.with(whole.substring(part.length())) : text;
        }
        return whole.endsWith(part) ? text.with(whole.substring(0, whole.length() - part.length())) : text;
    }
}
