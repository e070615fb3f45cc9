package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.FailureKind;
import dev.stepwell.data.jinja.syntax.BinaryOperator;
import dev.stepwell.data.jinja.syntax.CompareOperator;
import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Bool;
import dev.stepwell.data.jinja.value.Dict;
import dev.stepwell.data.jinja.value.DictView;
import dev.stepwell.data.jinja.value.Equality;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Generator;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.Iteration;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Numeric;
import dev.stepwell.data.jinja.value.Real;
import dev.stepwell.data.jinja.value.Repr;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Thing;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Jinja's tests, for `is` and for `select`.
public final class Tests {
    private static final Map<String, Test> TESTS = tests();

    private Tests() {}

    /// The test of this name, null where Jinja has none.
    public static @Nullable Test find(String name) {
        return TESTS.get(name);
    }

    private static Map<String, Test> tests() {
        Map<String, Test> tests = new HashMap<>();
        simple(tests, "defined", value -> !(value instanceof Undefined));
        simple(tests, "undefined", Undefined.class::isInstance);
        simple(tests, "none", value -> value == None.NONE);
        simple(tests, "boolean", Bool.class::isInstance);
        simple(tests, "true", value -> value instanceof Bool bool && bool.value());
        simple(tests, "false", value -> value instanceof Bool bool && !bool.value());
        simple(tests, "integer", value -> value instanceof Integral && !(value instanceof Bool));
        simple(tests, "float", Real.class::isInstance);
        simple(tests, "number", Numeric.class::isInstance);
        simple(tests, "string", Str.class::isInstance);
        simple(tests, "mapping", Dict.class::isInstance);
        simple(tests, "sequence", value -> Iteration.hasLength(value) && !(value instanceof DictView));
        simple(
                tests,
                "iterable",
                value -> Iteration.isIterable(value) || value.type().equals("LoopContext"));
        simple(
                tests,
                "callable",
                value -> value instanceof Undefined || (value instanceof Thing thing && thing.isCallable()));
        simple(tests, "escaped", value -> value instanceof Str text && text.isMarkup());
        tests.put("lower", (run, value, arguments) -> StrQuestions.isLower(text(run, value, arguments)));
        tests.put("upper", (run, value, arguments) -> StrQuestions.isUpper(text(run, value, arguments)));
        tests.put("odd", (run, value, arguments) -> remainder(run, value, Int.of(2), Int.of(1)));
        tests.put("even", (run, value, arguments) -> remainder(run, value, Int.of(2), Int.of(0)));
        tests.put("divisibleby", (run, value, arguments) -> remainder(run, value, one(arguments, "num"), Int.of(0)));
        tests.put("sameas", (run, value, arguments) -> same(run, value, one(arguments, "other")));
        tests.put("in", (run, value, arguments) -> Calculation.contains(run.budget(), one(arguments, "seq"), value));
        tests.put("filter", (run, value, arguments) -> Filters.isOfJinja(name(value)));
        tests.put("test", (run, value, arguments) -> find(name(value)) != null);
        comparison(tests, CompareOperator.EQ, "eq", "==", "equalto");
        comparison(tests, CompareOperator.NE, "ne", "!=");
        comparison(tests, CompareOperator.LT, "lt", "<", "lessthan");
        comparison(tests, CompareOperator.LE, "le", "<=");
        comparison(tests, CompareOperator.GT, "gt", ">", "greaterthan");
        comparison(tests, CompareOperator.GE, "ge", ">=");
        return Map.copyOf(tests);
    }

    private static void simple(Map<String, Test> tests, String name, Predicate<Value> predicate) {
        tests.put(name, (run, value, arguments) -> {
            none(arguments, name);
            return predicate.test(value);
        });
    }

    private static void comparison(Map<String, Test> tests, CompareOperator operator, String... names) {
        for (String name : names) {
            tests.put(name, (run, value, arguments) -> {
                if (arguments.size() != 1 || !arguments.named().isEmpty()) {
                    throw Fault.type(name + " expected 2 arguments, got " + (arguments.size() + 1));
                }
                return Calculation.compare(run.budget(), operator, value, arguments.get(0));
            });
        }
    }

    private static String text(Run run, Value value, Arguments arguments) {
        none(arguments, "upper");
        Str text = Repr.str(run.budget(), value);
        run.budget().read(text.length());
        return text.text();
    }

    private static boolean remainder(Run run, Value value, Value divisor, Value expected) {
        Value remainder = Calculation.compute(run, BinaryOperator.MODULO, value, divisor);
        return Equality.equal(run.budget(), remainder, expected);
    }

    /// Python asks for the same object; numbers and strings that are equal nearly always are.
    private static boolean same(Run run, Value value, Value other) {
        boolean plain = value instanceof Numeric || value instanceof Str || value instanceof Undefined;
        return Equality.identical(value, other)
                || (plain && value.getClass() == other.getClass() && Equality.equal(run.budget(), value, other));
    }

    private static String name(Value value) {
        if (value instanceof Generator || value instanceof Dict) {
            throw Fault.of(FailureKind.TYPE, "unhashable type: '" + value.type() + "'");
        }
        return value instanceof Str text ? text.text() : "";
    }

    private static Value one(Arguments arguments, String name) {
        return Signature.of("test", 1, name).bind(arguments).get(0);
    }

    private static void none(Arguments arguments, String name) {
        if (arguments.size() > 0 || !arguments.named().isEmpty()) {
            throw Fault.type("test_" + name + "() takes 1 positional argument");
        }
    }
}
