package dev.stepwell.data.jinja.code;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which variables a part of a template knows, and what they hold when it begins: Jinja's own rules, by which a loop's
/// assignments end with each turn, and a name that is only assigned under a condition is still sought outside.
final class Scope {
    /// What a variable holds when its scope begins.
    sealed interface Load {
        /// What is passed.
        record Parameter() implements Load {}

        /// What the template is rendered with, under this name.
        record Global(String name) implements Load {}

        /// What the variable of an outer scope holds.
        record Copy(Variable source) implements Load {}

        /// Nothing.
        record Nothing() implements Load {}
    }

    /// A variable: those of one name on one level of one function are the same.
    record Variable(Function function, int level, String name) {}

    final Function function;
    private final int level;
    private final @Nullable Scope parent;
    private final Map<String, Variable> variables;
    private final SequencedMap<Variable, Load> loads;
    private final Set<String> stores;

    Scope(Function function, @Nullable Scope parent) {
        this(function, parent, new HashMap<>(), new LinkedHashMap<>(), new HashSet<>());
    }

    private Scope(
            Function function,
            @Nullable Scope parent,
            Map<String, Variable> variables,
            SequencedMap<Variable, Load> loads,
            Set<String> stores) {
        this.function = function;
        this.parent = parent;
        this.level = parent == null ? 0 : parent.level + 1;
        this.variables = variables;
        this.loads = loads;
        this.stores = stores;
    }

    /// A copy for one branch of a condition.
    Scope copy() {
        return new Scope(function, parent, new HashMap<>(variables), new LinkedHashMap<>(loads), new HashSet<>(stores));
    }

    /// The variable of this name here or further out.
    @Nullable
    Variable find(String name) {
        Variable here = variables.get(name);
        return here != null ? here : parent == null ? null : parent.find(name);
    }

    /// What its variables hold when it begins.
    SequencedMap<Variable, Load> loads() {
        return loads;
    }

    /// What the variable holds when its scope begins, and whether that is all it ever holds.
    @Nullable
    Load constant(Variable variable) {
        Load load = loads.get(variable);
        if (load == null) {
            return parent == null ? null : parent.constant(variable);
        }
        return stores.contains(variable.name()) ? null : load;
    }

    /// The name is read.
    void load(String name) {
        if (find(name) == null) {
            define(name, new Load.Global(name));
        }
    }

    /// The name is assigned to.
    void store(String name) {
        stores.add(name);
        if (!variables.containsKey(name)) {
            Variable outer = parent == null ? null : parent.find(name);
            define(name, outer == null ? new Load.Nothing() : new Load.Copy(outer));
        }
    }

    /// The name is a parameter.
    Variable parameter(String name) {
        stores.add(name);
        return define(name, new Load.Parameter());
    }

    /// What branches of a condition may have assigned holds what it would without them.
    void merge(List<Scope> branches) {
        Set<String> assigned = new HashSet<>();
        branches.forEach(branch -> assigned.addAll(branch.stores));
        assigned.removeAll(stores);
        for (Scope branch : branches) {
            variables.putAll(branch.variables);
            loads.putAll(branch.loads);
            stores.addAll(branch.stores);
        }
        for (String name : assigned) {
            Variable outer = parent == null ? null : parent.find(name);
            define(name, outer == null ? new Load.Global(name) : new Load.Copy(outer));
        }
    }

    private Variable define(String name, Load load) {
        Variable variable = new Variable(function, level, name);
        variables.put(name, variable);
        loads.put(variable, load);
        return variable;
    }
}
