package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Arguments;
import dev.stepwell.data.jinja.value.Fault;
import dev.stepwell.data.jinja.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a function, as Python binds them.
///
/// @param function how messages call it
/// @param required how many of the parameters have to be given
/// @param names    of the parameters
record Signature(String function, int required, List<String> names) {
    static Signature of(String function, int required, String... names) {
        return new Signature(function, required, List.of(names));
    }

    /// What was given for each parameter.
    Bound bind(Arguments arguments) {
        @Nullable Value[] values = new @Nullable Value[names.size()];
        if (arguments.size() > values.length) {
            throw Fault.type(function + "() takes at most " + values.length + " arguments but " + arguments.size()
                    + " were given");
        }
        for (int i = 0; i < arguments.size(); i++) {
            values[i] = arguments.get(i);
        }
        for (Map.Entry<String, Value> named : arguments.named().entrySet()) {
            int index = names.indexOf(named.getKey());
            if (index < 0) {
                throw Fault.type(function + "() got an unexpected keyword argument '" + named.getKey() + "'");
            }
            if (values[index] != null) {
                throw Fault.type(function + "() got multiple values for argument '" + named.getKey() + "'");
            }
            values[index] = named.getValue();
        }
        for (int i = 0; i < required; i++) {
            if (values[i] == null) {
                throw Fault.type(function + "() missing required argument: '" + names.get(i) + "'");
            }
        }
        return new Bound(function, values);
    }
}
