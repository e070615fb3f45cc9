package dev.stepwell.data.jinja.value;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/// Python's `iter`, `len`, `bool` and unpacking.
public final class Iteration {
    private static final int ASCII = 128;
    private static final Str[] LETTERS = letters();

    private Iteration() {}

    /// Python's `bool`.
    public static boolean truth(Value value) {
        return switch (value) {
            case Bool bool -> bool.value();
            case Str text -> text.length() > 0;
            case None _, Undefined _ -> false;
            case Int small -> small.value() != 0;
            case BigInt _ -> true;
            case Real real -> real.value() != 0;
            case Items items -> !items.items().isEmpty();
            case Dict dict -> dict.size() > 0;
            case DictView view -> view.dict().size() > 0;
            case Range range -> range.size() > 0;
            case Generator _ -> true;
            case Thing thing -> thing.truth();
        };
    }

    /// Python's `len`.
    public static int length(Value value) {
        return switch (value) {
            case Str text -> text.points();
            case Undefined _ -> 0;
            case Items items -> items.items().size();
            case Dict dict -> dict.size();
            case DictView view -> view.dict().size();
            case Range range -> range.size();
            case Thing thing -> thing.size();
            case None _, Numeric _, Generator _ ->
                throw Fault.type("object of type '" + value.type() + "' has no len()");
        };
    }

    /// Whether [#length] knows it.
    public static boolean hasLength(Value value) {
        return value instanceof Str
                || value instanceof Undefined
                || value instanceof Items
                || value instanceof Dict
                || value instanceof DictView
                || value instanceof Range;
    }

    /// Whether [#iterate] knows it.
    public static boolean isIterable(Value value) {
        return hasLength(value) || value instanceof Generator;
    }

    /// Python's `iter`.
    public static Iterator<Value> iterate(Value value) {
        return switch (value) {
            case Items items -> items.items().iterator();
            case Dict dict -> map(dict.entries(), Map.Entry::getKey);
            case DictView view ->
                map(
                        view.dict().entries(),
                        switch (view.part()) {
                            case KEYS -> Map.Entry::getKey;
                            case VALUES -> Map.Entry::getValue;
                            case ITEMS -> entry -> Tuple.of(entry.getKey(), entry.getValue());
                        });
            case Str text -> new Letters(text);
            case Range range -> range.items().iterator();
            case Generator generator -> generator.values();
            case Undefined _ -> Collections.emptyIterator();
            case None _, Numeric _, Thing _ -> throw Fault.type("'" + value.type() + "' object is not iterable");
        };
    }

    /// Python's `list`, charged to the budget. The list may be one that is seen elsewhere.
    public static List<Value> list(Budget budget, Value value) {
        if (value instanceof Items items) {
            return items.items();
        }
        if (hasLength(value)) {
            budget.items(length(value));
            return drain(value);
        }
        List<Value> items = new ArrayList<>();
        for (Iterator<Value> rest = iterate(value); rest.hasNext(); ) {
            items.add(rest.next());
            budget.items(1);
            if (items.size() > budget.limits().valueItems()) {
                budget.items(items.size());
            }
        }
        return items;
    }

    /// What is to be assigned to so many targets.
    public static List<Value> unpack(Budget budget, Value value, int targets) {
        if (!isIterable(value)) {
            throw Fault.type("cannot unpack non-iterable " + value.type() + " object");
        }
        if (value instanceof Items items && items.items().size() == targets) {
            return items.items();
        }
        List<Value> items = new ArrayList<>(targets);
        Iterator<Value> rest = iterate(value);
        while (items.size() < targets) {
            if (!rest.hasNext()) {
                throw Fault.value("not enough values to unpack (expected " + targets + ", got " + items.size() + ")");
            }
            budget.step();
            items.add(rest.next());
        }
        if (rest.hasNext()) {
            throw Fault.value("too many values to unpack (expected " + targets + ")");
        }
        return items;
    }

    /// All that is left, uncharged; for what has a length.
    static List<Value> drain(Value value) {
        List<Value> items = new ArrayList<>();
        iterate(value).forEachRemaining(items::add);
        return items;
    }

    private static <T> Iterator<Value> map(Iterator<T> source, Function<T, Value> function) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return source.hasNext();
            }

            @Override
            public Value next() {
                return function.apply(source.next());
            }
        };
    }

    private static Str[] letters() {
        Str[] letters = new Str[ASCII];
        for (int i = 0; i < letters.length; i++) {
            letters[i] = Str.of(String.valueOf((char) i));
        }
        return letters;
    }

    /// The code points of a string, each a string of its own.
    private static final class Letters implements Iterator<Value> {
        private final Str string;
        private final String text;
        private int next;

        Letters(Str string) {
            this.string = string;
            this.text = string.text();
        }

        @Override
        public boolean hasNext() {
            return next < text.length();
        }

        @Override
        public Value next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int point = text.codePointAt(next);
            next += Character.charCount(point);
            return point < ASCII && !string.isMarkup() ? LETTERS[point] : string.with(Character.toString(point));
        }
    }
}
