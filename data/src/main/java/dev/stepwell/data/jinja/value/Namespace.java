package dev.stepwell.data.jinja.value;

import dev.stepwell.data.jinja.FailureKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What `namespace()` makes: the only value that a template can change.
public final class Namespace implements Thing {
    private final SequencedMap<Value, Value> attributes = new LinkedHashMap<>();

    /// Sets an attribute.
    public void set(Budget budget, Value name, Value value) {
        if (name instanceof Str text && text.text().startsWith("_")) {
            throw Fault.of(
                    FailureKind.SECURITY,
                    "Chat templates cannot store underscore-prefixed attributes on a namespace, but got "
                            + Repr.quote(text.text()) + ". Please rename the attribute.");
        }
        Equality.requireHashable(budget, name);
        if (attributes.put(name, value) == null) {
            budget.items(1);
            if (attributes.size() > budget.limits().valueItems()) {
                budget.items(attributes.size());
            }
        }
    }

    /// Its attributes in the order in which they came.
    public Map<Value, Value> attributes() {
        return attributes;
    }

    @Override
    public @Nullable Value attribute(String name) {
        return attributes.get(Str.of(name));
    }

    @Override
    public String type() {
        return "TemplateNamespace";
    }

    @Override
    public String repr(ReprWriter writer) {
        return writer.namespace(this);
    }
}
