package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.text.Floats;
import dev.stepwell.data.jinja.text.Quoting;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes values as Python's `repr` does.
public final class ReprWriter {
    private static final int DEEPEST = 200;
    private static final int DIGITS = 4300;
    /// More bits than any number of so many digits has.
    private static final int BITS = DIGITS * 10 / 3 + 2;

    private final StringBuilder text = new StringBuilder();
    private final Deque<Namespace> open = new ArrayDeque<>();
    private final @Nullable Budget budget;
    private int depth;
    private int charged;

    ReprWriter(@Nullable Budget budget) {
        this.budget = budget;
    }

    /// Appends a value.
    void write(Value value) {
        if (++depth > DEEPEST) {
            throw Fault.limit("values are nested deeper than " + DEEPEST + " levels");
        }
        switch (value) {
            case None _ -> text.append("None");
            case Undefined _ -> text.append("Undefined");
            case Bool bool -> text.append(bool.value() ? "True" : "False");
            case Int small -> text.append(small.value());
            case BigInt big -> text.append(digits(big));
            case Real real -> text.append(Floats.repr(real.value()));
            case Str string -> string(string);
            case ListValue list -> items("[", list.items(), "]");
            case Tuple tuple -> items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")");
            case Dict dict -> dict(dict.entries());
            case DictView view -> {
                text.append(view.type()).append('(');
                items("[", Iteration.drain(view), "]");
                text.append(')');
            }
            case Range range -> range(range);
            case Generator generator ->
                text.append('<').append(generator.type()).append(" object>");
            case Thing thing -> text.append(thing.repr(this));
        }
        depth--;
        charge();
    }

    /// A namespace, which can hold itself.
    String namespace(Namespace namespace) {
        if (open.contains(namespace)) {
            return "<Namespace {...}>";
        }
        open.push(namespace);
        int start = text.length();
        text.append("<Namespace ");
        dict(namespace.attributes().entrySet().iterator());
        text.append('>');
        open.pop();
        String written = text.substring(start);
        text.setLength(start);
        return written;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private void string(Str string) {
        String quoted = Quoting.repr(string.text());
        if (string.isMarkup()) {
            text.append("Markup(").append(quoted).append(')');
        } else {
            text.append(quoted);
        }
    }

    private void items(String before, List<Value> items, String after) {
        text.append(before);
        String separator = "";
        for (Value item : items) {
            text.append(separator);
            write(item);
            separator = ", ";
        }
        text.append(after);
    }

    private void dict(Iterator<Map.Entry<Value, Value>> entries) {
        text.append('{');
        String separator = "";
        while (entries.hasNext()) {
            Map.Entry<Value, Value> entry = entries.next();
            text.append(separator);
            write(entry.getKey());
            text.append(": ");
            write(entry.getValue());
            separator = ", ";
        }
        text.append('}');
    }

    private void range(Range range) {
        text.append("range(").append(range.start()).append(", ").append(range.stop());
        if (range.step() != 1) {
            text.append(", ").append(range.step());
        }
        text.append(')');
    }

    private static String digits(BigInt big) {
        String digits = big.value().bitLength() > BITS ? "" : big.value().abs().toString();
        if (digits.isEmpty() || digits.length() > DIGITS) {
            throw Fault.value("Exceeds the limit (" + DIGITS
                    + " digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit");
        }
        return big.value().signum() < 0 ? "-" + digits : digits;
    }

    private void charge() {
        if (budget != null && text.length() > charged) {
            int more = text.length() - charged;
            charged = text.length();
            budget.chars(text.length() > budget.limits().valueChars() ? text.length() : more);
        }
    }
}
