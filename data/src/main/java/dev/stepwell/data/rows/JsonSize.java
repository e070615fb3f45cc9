package dev.stepwell.data.rows;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How much text is in a value of JSON, roughly: what is held of a file's rows is bounded by it.
final class JsonSize {
    /// For what is neither text nor has parts.
    private static final int SCALAR = 4;

    private JsonSize() {}

    /// `char`s of `value`, one of the plain Java values that [Message#extra] names.
    static long of(@Nullable Object value) {
        return switch (value) {
            case null -> SCALAR;
            case String text -> text.length();
            case Map<?, ?> object ->
                object.entrySet().stream()
                        .mapToLong(entry -> of(entry.getKey()) + of(entry.getValue()))
                        .sum();
            case Collection<?> list -> list.stream().mapToLong(JsonSize::of).sum();
            default -> SCALAR;
        };
    }
}
