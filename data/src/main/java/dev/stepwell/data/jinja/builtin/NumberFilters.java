package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.syntax.BinaryOperator;
import dev.stepwell.data.jinja.text.NumberReader;
import dev.stepwell.data.jinja.value.Arithmetic;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numbers;
import dev.stepwell.data.jinja.value.Numeric;
import dev.stepwell.data.jinja.value.Real;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Filters on numbers.
final class NumberFilters {
    private static final int MOST_PLACES = 400;

    private NumberFilters() {}

    static void addTo(Map<String, Filter> filters) {
        filters.put("abs", BoundFilter.with(Signature.of("abs", 0), NumberFilters::abs));
        filters.put("int", BoundFilter.with(Signature.of("int", 0, "default", "base"), NumberFilters::integer));
        filters.put("float", BoundFilter.with(Signature.of("float", 0, "default"), NumberFilters::real));
        filters.put("round", BoundFilter.with(Signature.of("round", 0, "precision", "method"), NumberFilters::round));
        filters.put("sum", BoundFilter.with(Signature.of("sum", 0, "attribute", "start"), NumberFilters::sum));
    }

    private static Value abs(Run run, Value value, Bound given) {
        return switch (value) {
            case Numeric number -> Arithmetic.absolute(run.budget(), number);
            default -> throw Fault.type("bad operand type for abs(): '" + value.type() + "'");
        };
    }

    private static Value integer(Run run, Value value, Bound given) {
        Value otherwise = given.get(0, Int.of(0));
        return switch (value) {
            case Undefined undefined -> throw undefined.fault();
            case Integral number -> Integral.of(number.big());
            case Real real -> Double.isNaN(real.value()) ? otherwise : Numbers.truncate(real.value());
            case Str text -> {
                run.budget().read(text.length());
                BigInteger read = NumberReader.integer(text.text(), given.number(1, 10));
                Double number = read != null ? null : NumberReader.real(text.text());
                if (read == null && (number == null || number.isNaN() || number.isInfinite())) {
                    yield otherwise;
                }
                yield read != null ? Integral.of(read) : number == null ? otherwise : Numbers.truncate(number);
            }
            default -> otherwise;
        };
    }

    private static Value real(Run run, Value value, Bound given) {
        return switch (value) {
            case Undefined undefined -> throw undefined.fault();
            case Numeric number -> new Real(Numbers.toDouble(number));
            case Str text -> {
                run.budget().read(text.length());
                Double number = NumberReader.real(text.text());
                yield number == null ? given.get(0, new Real(0)) : new Real(number);
            }
            default -> given.get(0, new Real(0));
        };
    }

    private static Value round(Run run, Value value, Bound given) {
        Value method = given.get(1, Str.of("common"));
        Value precision = given.get(0, Int.of(0));
        String name = method instanceof Str text ? text.text() : "";
        return switch (name) {
            case "common" -> common(run, value, precision);
            case "ceil", "floor" -> {
                Value scale = Calculation.compute(run, BinaryOperator.POWER, Int.of(10), precision);
                Value scaled = Calculation.compute(run, BinaryOperator.MULTIPLY, value, scale);
                yield Calculation.compute(run, BinaryOperator.DIVIDE, whole(scaled, name.equals("ceil")), scale);
            }
            default -> throw Fault.of(FailureKind.RUNTIME, "method must be common, ceil or floor");
        };
    }

    private static Value whole(Value value, boolean up) {
        return switch (value) {
            case Integral number -> Integral.of(number.big());
            case Real real -> Numbers.truncate(up ? Math.ceil(real.value()) : Math.floor(real.value()));
            default -> throw Fault.type("must be real number, not " + value.type());
        };
    }

    private static Value common(Run run, Value value, Value precision) {
        if (!(value instanceof Numeric number)) {
            throw Fault.type("type " + value.type() + " doesn't define __round__ method");
        }
        Integer places = precision == None.NONE ? null : Bound.integer(precision);
        return switch (number) {
            case Integral whole -> round(run, whole, places);
            case Real real ->
                places == null ? Numbers.truncate(Math.rint(real.value())) : new Real(round(real.value(), places));
        };
    }

    private static Integral round(Run run, Integral number, @Nullable Integer places) {
        if (places == null || places >= 0) {
            return Integral.of(number.big());
        }
        run.budget().bits(number.big().bitLength());
        if (-(long) places > number.big().bitLength()) {
            return Int.of(0);
        }
        return Integral.of(new BigDecimal(number.big())
                .setScale(places, RoundingMode.HALF_EVEN)
                .toBigInteger());
    }

    private static double round(double value, int places) {
        if (Double.isNaN(value) || Double.isInfinite(value) || places > MOST_PLACES) {
            return value;
        }
        if (places < -MOST_PLACES) {
            return Math.copySign(0.0, value);
        }
        double rounded =
                new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue();
        if (Double.isInfinite(rounded)) {
            throw Fault.of(FailureKind.OVERFLOW, "rounded value too large to represent");
        }
        return Math.copySign(rounded, value);
    }

    private static Value sum(Run run, Value value, Bound given) {
        AttributePath path = AttributePath.of(given.get(0));
        Value sum = given.get(1, Int.of(0));
        if (sum instanceof Str) {
            throw Fault.type("sum() can't sum strings [use ''.join(seq) instead]");
        }
        for (Iterator<Value> rest = Iteration.iterate(value); rest.hasNext(); ) {
            run.budget().step();
            sum = Calculation.compute(run, BinaryOperator.ADD, sum, path.of(run, rest.next(), None.NONE));
        }
        return sum;
    }
}
