package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.FailureKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// Values that are given to a template, as Python would have read them from JSON. Nothing is copied.
public final class Given {
    private Given() {}

    /// The value of what is given: a string, truth value, number, list, map, or null.
    public static Value value(@Nullable Object given) {
        return switch (given) {
            case null -> None.NONE;
            case String text -> Str.of(text);
            case Boolean bool -> Bool.of(bool);
            case Integer number -> Int.of(number);
            case Long number -> Int.of(number);
            case Double number -> new Real(number);
            case Map<?, ?> map -> new GivenDict(map);
            case List<?> list -> new ListValue(new Elements(list));
            case BigInteger number -> Integral.of(number);
            case BigDecimal number -> new Real(number.doubleValue());
            case Short number -> Int.of(number);
            case Byte number -> Int.of(number);
            case Float number -> new Real(number);
            default ->
                throw Fault.of(
                        FailureKind.UNSUPPORTED,
                        "a variable holds a " + given.getClass().getName()
                                + "; templates read strings, truth values, numbers, lists and maps");
        };
    }

    /// Each element becomes a value once, when it is first asked for.
    private static final class Elements extends AbstractList<Value> implements RandomAccess {
        private final List<?> given;
        private final @Nullable Value[] values;

        Elements(List<?> given) {
            this.given = given;
            this.values = new @Nullable Value[given.size()];
        }

        @Override
        public Value get(int index) {
            Value value = values[index];
            if (value == null) {
                value = value(given.get(index));
                values[index] = value;
            }
            return value;
        }

        @Override
        public int size() {
            return values.length;
        }

        private static Value value(@Nullable Object element) {
            return Given.value(element);
        }
    }
}
