package dev.stepwell.data.jinja.code;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What gets a [Frame] of its own when it runs: the template, a macro, a recursive loop. Knows where variables are.
final class Function {
    private final Map<Scope.Variable, Integer> slots = new HashMap<>();
    private final int depth;
    private int height = 1;

    Function(@Nullable Function outer) {
        this.depth = outer == null ? 0 : outer.depth + 1;
    }

    /// Where its variable is.
    int slot(Scope.Variable variable) {
        return slots.computeIfAbsent(variable, any -> slots.size());
    }

    /// How many variables it has; known when all of it is compiled.
    int size() {
        return slots.size();
    }

    /// How many frames lie between this and an outer one.
    int hops(Function owner) {
        return depth - owner.depth;
    }

    /// It runs at least so many levels of the tree at once.
    void reach(int levels) {
        height = Math.max(height, levels);
    }

    /// How many levels of the tree it runs at once; known when all of it is compiled.
    int height() {
        return height;
    }
}
