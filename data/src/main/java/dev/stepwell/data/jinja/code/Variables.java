package dev.stepwell.data.jinja.code;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which names a template reads of what it is rendered with, and where its variables are.
final class Variables {
    private final Map<String, Integer> globals = new LinkedHashMap<>();

    /// What the template is rendered with under this name.
    Read global(String name) {
        return new Read.Global(globals.computeIfAbsent(name, any -> globals.size()));
    }

    /// Where a scope reads a name.
    Read read(Scope scope, String name) {
        Scope.Variable variable = scope.find(name);
        return variable == null ? global(name) : read(scope, variable);
    }

    /// Where a scope reads a variable.
    Read read(Scope scope, Scope.Variable variable) {
        if (scope.constant(variable) instanceof Scope.Load.Global(String name)) {
            return global(name);
        }
        int hops = scope.function.hops(variable.function());
        int slot = variable.function().slot(variable);
        return hops == 0 ? new Read.Local(slot) : new Read.Outer(hops, slot);
    }

    /// The names in the order of their indexes.
    List<String> globals() {
        return List.copyOf(globals.keySet());
    }
}
