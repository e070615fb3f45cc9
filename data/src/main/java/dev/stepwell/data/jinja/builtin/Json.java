package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.text.Floats;
import dev.stepwell.data.jinja.value.BigInt;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Items;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Real;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Values as Python's `json.dumps` writes them.
final class Json {
    private static final int DEEPEST = 500;

    /// How it is written.
    ///
    /// @param asciiOnly whether other characters are escaped
    /// @param indent    of each level, null for one line
    /// @param item      between elements
    /// @param key       between a key and what it stands for
    /// @param sorted    whether keys are sorted
    record Style(boolean asciiOnly, @Nullable String indent, String item, String key, boolean sorted) {}

    private final Budget budget;
    private final Style style;
    private final StringBuilder json = new StringBuilder();
    private int charged;

    private Json(Budget budget, Style style) {
        this.budget = budget;
        this.style = style;
    }

    static String write(Budget budget, Style style, Value value) {
        Json writer = new Json(budget, style);
        writer.write(value, 0);
        return writer.json.toString();
    }

    private void write(Value value, int depth) {
        if (depth > DEEPEST) {
            throw Fault.limit("values are nested deeper than " + DEEPEST + " levels");
        }
        switch (value) {
            case Str text -> string(text.text());
            case Items items -> array(items.items(), depth);
            case Dict dict -> object(dict, depth);
            default -> {
                String scalar = scalar(value);
                if (scalar == null) {
                    throw Fault.type("Object of type " + value.type() + " is not JSON serializable");
                }
                json.append(scalar);
            }
        }
        charge();
    }

    private @Nullable String scalar(Value value) {
        return switch (value) {
            case None _ -> "null";
            case Bool bool -> bool.value() ? "true" : "false";
            case Int small -> Long.toString(small.value());
            case BigInt big -> Repr.repr(budget, big);
            case Real real -> real(real.value());
            default -> null;
        };
    }

    private static String real(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        return Floats.repr(value);
    }

    private void array(List<Value> items, int depth) {
        if (items.isEmpty()) {
            json.append("[]");
            return;
        }
        json.append('[');
        boolean first = true;
        for (Value item : items) {
            separate(first, depth + 1);
            write(item, depth + 1);
            first = false;
        }
        newline(depth);
        json.append(']');
    }

    private void object(Dict dict, int depth) {
        if (dict.size() == 0) {
            json.append("{}");
            return;
        }
        json.append('{');
        boolean first = true;
        for (Iterator<Map.Entry<Value, Value>> entries = entries(dict); entries.hasNext(); ) {
            Map.Entry<Value, Value> entry = entries.next();
            separate(first, depth + 1);
            key(entry.getKey());
            json.append(style.key);
            write(entry.getValue(), depth + 1);
            first = false;
        }
        newline(depth);
        json.append('}');
    }

    private Iterator<Map.Entry<Value, Value>> entries(Dict dict) {
        if (!style.sorted) {
            return dict.entries();
        }
        List<Map.Entry<Value, Value>> entries = new ArrayList<>();
        dict.entries().forEachRemaining(entries::add);
        return Sorting.by(budget, entries, Map.Entry::getKey, false).iterator();
    }

    private void key(Value key) {
        if (key instanceof Str text) {
            string(text.text());
            return;
        }
        String scalar = scalar(key);
        if (scalar == null) {
            throw Fault.type("keys must be str, int, float, bool or None, not " + key.type());
        }
        string(scalar);
    }

    private void separate(boolean first, int depth) {
        if (!first) {
            json.append(style.item);
        }
        newline(depth);
    }

    private void newline(int depth) {
        if (style.indent != null) {
            long length = (long) json.length() + (long) style.indent.length() * depth;
            if (length > budget.limits().valueChars()) {
                budget.chars(length);
            }
            json.append('\n').repeat(style.indent, depth);
            charge();
        }
    }

    private void string(String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            switch (next) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                default -> {
                    if (next < ' ' || (style.asciiOnly && next > '~')) {
                        json.append("\\u%04x".formatted((int) next));
                    } else {
                        json.append(next);
                    }
                }
            }
        }
        json.append('"');
        charge();
    }

    private void charge() {
        if (json.length() > charged) {
            int more = json.length() - charged;
            charged = json.length();
            budget.chars(charged > budget.limits().valueChars() ? charged : more);
        }
    }
}
