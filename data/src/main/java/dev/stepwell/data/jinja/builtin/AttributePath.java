package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.text.Characters;
import dev.stepwell.data.jinja.text.Split;
import dev.stepwell.data.jinja.value.Int;
import dev.stepwell.data.jinja.value.Integral;
import dev.stepwell.data.jinja.value.None;
import dev.stepwell.data.jinja.value.Run;
import dev.stepwell.data.jinja.value.Str;
import dev.stepwell.data.jinja.value.Undefined;
import dev.stepwell.data.jinja.value.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// An attribute as filters name it: `"a.b.0"`, a number, or nothing for the value itself.
record AttributePath(List<Value> parts) {
    /// The path that a value means.
    static AttributePath of(Value attribute) {
        if (attribute == None.NONE) {
            return new AttributePath(List.of());
        }
        if (!(attribute instanceof Str text)) {
            return new AttributePath(List.of(attribute));
        }
        List<Value> parts = new ArrayList<>();
        for (String part : Split.separator(text.text(), ".", -1)) {
            boolean number = !part.isEmpty() && part.codePoints().allMatch(Characters::isDecimal);
            parts.add(number ? number(part) : Str.of(part));
        }
        return new AttributePath(parts);
    }

    /// What it leads to; where that is undefined, the default, unless that is `None`.
    Value of(Run run, Value item, Value otherwise) {
        Value found = item;
        for (Value part : parts) {
            run.budget().step();
            found = Attributes.item(run, found, part);
            if (otherwise != None.NONE && found instanceof Undefined) {
                found = otherwise;
            }
        }
        return found;
    }

    private static Integral number(String digits) {
        return digits.length() < 10 ? Int.of(Long.parseLong(digits)) : Integral.of(new BigInteger(digits));
    }
}
