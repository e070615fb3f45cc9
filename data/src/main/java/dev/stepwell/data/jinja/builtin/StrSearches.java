package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;

/// Methods of strings that look for others in them, and `replace`. Positions are counted in code points.
final class StrSearches {
    private StrSearches() {}

    static void addTo(Map<String, Method> methods) {
        methods.put("find", (run, owner, arguments) -> Int.of(find(run, owner, arguments, "find", false)));
        methods.put("rfind", (run, owner, arguments) -> Int.of(find(run, owner, arguments, "rfind", true)));
        methods.put("index", (run, owner, arguments) -> index(find(run, owner, arguments, "index", false)));
        methods.put("rindex", (run, owner, arguments) -> index(find(run, owner, arguments, "rindex", true)));
        methods.put("count", (run, owner, arguments) -> count(run, owner, arguments));
        methods.put("startswith", (run, owner, arguments) -> edge(run, owner, arguments, true));
        methods.put("endswith", (run, owner, arguments) -> edge(run, owner, arguments, false));
        methods.put("replace", (run, owner, arguments) -> replace(run, (Str) owner, arguments));
    }

    /// A part of a string, by chars; inverted where Python's bounds are.
    private record Part(String text, int start, int end, boolean inverted) {
        static Part of(Str text, List<Value> given) {
            long start = bound(given, 1, text.points(), 0);
            long end = bound(given, 2, text.points(), text.points());
            boolean inverted = start > end || start > text.points();
            int from = (int) Math.min(start, text.points());
            int to = (int) Math.max(from, end);
            String chars = text.text();
            return text.isPlain()
                    ? new Part(chars, from, to, inverted)
                    : new Part(chars, chars.offsetByCodePoints(0, from), chars.offsetByCodePoints(0, to), inverted);
        }

        private static long bound(List<Value> given, int index, int length, long otherwise) {
            if (given.size() <= index || given.get(index) == None.NONE) {
                return otherwise;
            }
            if (!(given.get(index) instanceof Integral number)) {
                throw Fault.type("slice indices must be integers or None or have an __index__ method");
            }
            long position = Numbers.clamp(number);
            long counted = position < 0 ? Math.max(0, position + length) : position;
            return index == 2 ? Math.min(counted, length) : counted;
        }
    }

    private static int find(Run run, Value owner, Arguments arguments, String name, boolean last) {
        Str text = (Str) owner;
        List<Value> given = given(arguments, name);
        String sought = sought(given, "must be str, not ");
        run.budget().search(text.length(), sought.length());
        Part part = Part.of(text, given);
        if (part.inverted) {
            return -1;
        }
        int found = last
                ? part.text.lastIndexOf(sought, part.end - sought.length())
                : part.text.indexOf(sought, part.start);
        if (found < part.start || found + sought.length() > part.end) {
            return -1;
        }
        return text.isPlain() ? found : part.text.codePointCount(0, found);
    }

    private static Value index(int found) {
        if (found < 0) {
            throw Fault.value("substring not found");
        }
        return Int.of(found);
    }

    private static Value count(Run run, Value owner, Arguments arguments) {
        Str text = (Str) owner;
        List<Value> given = given(arguments, "count");
        String sought = sought(given, "must be str, not ");
        run.budget().search(text.length(), sought.length());
        Part part = Part.of(text, given);
        if (part.inverted) {
            return Int.of(0);
        }
        if (sought.isEmpty()) {
            return Int.of(part.text.codePointCount(part.start, part.end) + 1);
        }
        int count = 0;
        int at = part.text.indexOf(sought, part.start);
        while (at >= 0 && at + sought.length() <= part.end) {
            count++;
            at = part.text.indexOf(sought, at + sought.length());
        }
        return Int.of(count);
    }

    private static Value edge(Run run, Value owner, Arguments arguments, boolean start) {
        String name = start ? "startswith" : "endswith";
        Str text = (Str) owner;
        List<Value> given = given(arguments, name);
        Part part = Part.of(text, given);
        if (given.getFirst() instanceof Tuple several) {
            for (Value one : several.items()) {
                if (!(one instanceof Str sought)) {
                    throw Fault.type("tuple for " + name + " must only contain str, not " + one.type());
                }
                if (edge(run.budget(), part, sought, start)) {
                    return Bool.TRUE;
                }
            }
            return Bool.FALSE;
        }
        if (given.getFirst() instanceof Str sought) {
            return Bool.of(edge(run.budget(), part, sought, start));
        }
        throw Fault.type(name + " first arg must be str or a tuple of str, not "
                + given.getFirst().type());
    }

    private static boolean edge(Budget budget, Part part, Str sought, boolean start) {
        budget.read(sought.length());
        int at = start ? part.start : part.end - sought.length();
        return !part.inverted
                && at >= part.start
                && at + sought.length() <= part.end
                && part.text.startsWith(sought.text(), at);
    }

    private static Value replace(Run run, Str text, Arguments arguments) {
        List<Value> given = arguments.onlyPositional("str.replace");
        if (given.size() < 2 || given.size() > 3) {
            throw Fault.type("replace expected 2 or 3 arguments, got " + given.size());
        }
        if (!(given.get(0) instanceof Str sought)) {
            throw Fault.type(
                    "replace() argument 1 must be str, not " + given.get(0).type());
        }
        Value replacement = text.isMarkup() ? Markups.escape(run.budget(), given.get(1)) : given.get(1);
        if (!(replacement instanceof Str by)) {
            throw Fault.type(
                    "replace() argument 2 must be str, not " + given.get(1).type());
        }
        int limit = given.size() > 2 ? Bound.integer(given.get(2)) : -1;
        return text.with(replace(run.budget(), text.text(), sought.text(), by.text(), limit));
    }

    /// Python's `replace`: an empty string is found between any two code points and at both ends.
    static String replace(Budget budget, String text, String sought, String by, int limit) {
        budget.search(text.length(), sought.length());
        int left = limit < 0 ? Integer.MAX_VALUE : limit;
        StringBuilder replaced = new StringBuilder();
        int start = 0;
        int at = text.indexOf(sought);
        if (at < 0 || left == 0) {
            return text;
        }
        while (at >= 0 && left > 0) {
            if ((long) replaced.length() + at - start + by.length()
                    > budget.limits().valueChars()) {
                budget.chars((long) replaced.length() + at - start + by.length());
            }
            budget.step();
            replaced.append(text, start, at).append(by);
            left--;
            start = at + sought.length();
            if (sought.isEmpty()) {
                if (at >= text.length()) {
                    break;
                }
                at = text.offsetByCodePoints(at, 1);
            } else {
                at = text.indexOf(sought, start);
            }
        }
        replaced.append(text, start, text.length());
        budget.chars(replaced.length());
        return replaced.toString();
    }

    private static List<Value> given(Arguments arguments, String name) {
        List<Value> given = arguments.onlyPositional("str." + name);
        if (given.isEmpty() || given.size() > 3) {
            throw Fault.type(name + "() takes 1 to 3 arguments (" + given.size() + " given)");
        }
        return given;
    }

    private static String sought(List<Value> given, String problem) {
        if (given.getFirst() instanceof Str sought) {
            return sought.text();
        }
        throw Fault.type(problem + given.getFirst().type());
    }
}
