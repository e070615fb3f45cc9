package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Numeric;
import dev.stepwell.data.jinja.value.Real;
import dev.stepwell.data.jinja.value.Value;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The few methods of numbers.
final class NumericMethods {
    private static final Map<String, Method> METHODS = Map.of(
            "bit_length", (run, owner, arguments) -> Int.of(bits(whole(owner, "bit_length"))),
            "conjugate", (run, owner, arguments) -> plain((Numeric) owner),
            "is_integer",
                    (run, owner, arguments) -> {
                        if (owner instanceof Real real) {
                            double value = real.value();
                            return Bool.of(value == Math.rint(value) && !Double.isInfinite(value));
                        }
                        throw Fault.unsupported("int.is_integer");
                    });

    private NumericMethods() {}

    static @Nullable Method find(String name) {
        return METHODS.get(name);
    }

    static @Nullable Value property(Numeric number, String name) {
        return switch (name) {
            case "real" -> plain(number);
            case "imag" -> number instanceof Real ? new Real(0) : Int.of(0);
            case "numerator" -> number instanceof Real ? null : plain(number);
            case "denominator" -> number instanceof Real ? null : Int.of(1);
            default -> null;
        };
    }

    private static Integral whole(Value value, String method) {
        if (value instanceof Integral whole) {
            return whole;
        }
        throw Fault.unsupported("float." + method);
    }

    private static int bits(Integral number) {
        return number.big().abs().bitLength();
    }

    private static Value plain(Numeric number) {
        return number instanceof Bool bool ? Int.of(bool.value() ? 1 : 0) : number;
    }
}
