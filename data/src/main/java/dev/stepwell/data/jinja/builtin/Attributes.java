package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Items;
import dev.stepwell.data.jinja.value.ListValue;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Numeric;
import dev.stepwell.data.jinja.value.Range;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Slices;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Tuple;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `value.name` and `value[key]`, as Jinja's sandbox allows them. The dot prefers an attribute to a key, the brackets a
/// key to an attribute.
public final class Attributes {
    private static final Set<String> CHANGES_LIST =
            Set.of("append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove");
    private static final Set<String> CHANGES_DICT = Set.of("clear", "pop", "popitem", "setdefault", "update");

    private Attributes() {}

    /// `owner.name`: undefined where there is no such attribute, nor such a key.
    public static Value attribute(Value owner, Str name) {
        if (owner instanceof Undefined undefined) {
            throw undefined.fault();
        }
        Value attribute = own(owner, name.text());
        if (attribute != null) {
            return attribute;
        }
        Value item = owner instanceof Dict dict ? dict.get(name) : null;
        return item != null ? item : Undefined.attribute(owner, name.text());
    }

    /// `owner[key]`: undefined where there is no such key, nor such an attribute.
    public static Value item(Run run, Value owner, Value key) {
        if (owner instanceof Undefined undefined) {
            throw undefined.fault();
        }
        Value item = element(run, owner, key);
        if (item != null) {
            return item;
        }
        Value attribute = key instanceof Str name ? own(owner, name.text()) : null;
        return attribute != null ? attribute : Undefined.element(owner, key);
    }

    /// The method of this name, null where there is none that may be called.
    public static @Nullable Method method(Value owner, String name) {
        return switch (owner) {
            case Str _ -> StrMethods.find(name);
            case Dict _ -> CHANGES_DICT.contains(name) ? null : DictMethods.find(name);
            case ListValue _ -> CHANGES_LIST.contains(name) ? null : ItemsMethods.find(name);
            case Tuple tuple -> tuple.names().contains(name) ? null : ItemsMethods.find(name);
            case Range _ -> ItemsMethods.find(name);
            case Numeric _ -> NumericMethods.find(name);
            default -> null;
        };
    }

    /// An attribute that is not a key, null where there is none.
    static @Nullable Value own(Value owner, String name) {
        if (owner instanceof Thing thing) {
            return thing.attribute(name);
        }
        if (Dunders.ALL.contains(name)
                || (owner instanceof ListValue && CHANGES_LIST.contains(name))
                || (owner instanceof Dict && CHANGES_DICT.contains(name))) {
            return Undefined.unsafe(owner, name);
        }
        Method method = method(owner, name);
        if (method != null) {
            return new BoundMethod(owner, name, (run, arguments) -> method.call(run, owner, arguments));
        }
        return switch (owner) {
            case Tuple tuple -> {
                int index = tuple.names().indexOf(name);
                yield index < 0 ? null : tuple.items().get(index);
            }
            case Numeric number -> NumericMethods.property(number, name);
            default -> null;
        };
    }

    private static @Nullable Value element(Run run, Value owner, Value key) {
        return switch (owner) {
            case Dict dict -> Equality.isHashable(run.budget(), key) ? dict.get(key) : null;
            case Items items -> key instanceof Integral index ? at(items.items(), index) : null;
            case Range range -> key instanceof Integral index ? at(range.items(), index) : null;
            case Str text -> key instanceof Integral index ? letter(run, text, index) : null;
            default -> null;
        };
    }

    private static @Nullable Value at(List<Value> items, Integral index) {
        long position = Numbers.clamp(index);
        long counted = position < 0 ? position + items.size() : position;
        return counted < 0 || counted >= items.size() ? null : items.get((int) counted);
    }

    private static @Nullable Value letter(Run run, Str text, Integral index) {
        long position = Numbers.clamp(index);
        long counted = position < 0 ? position + text.points() : position;
        if (counted < 0 || counted >= text.points()) {
            return null;
        }
        if (text.isPlain()) {
            return text.with(text.text().substring((int) counted, (int) counted + 1));
        }
        Integral from = Int.of(counted);
        Integral to = Int.of(counted + 1);
        return Slices.slice(run.budget(), text, from, to, None.NONE);
    }
}
