package dev.stepwell.data.jinja.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What happens when a scope begins and ends: its variables get their first values, and lose their last.
final class Entry {
    private record Start(int slot, @Nullable Read read) {}

    private final Start[] starts;
    private final int[] slots;

    private Entry(List<Start> starts, List<Integer> slots) {
        this.starts = starts.toArray(Start[]::new);
        this.slots = slots.stream().mapToInt(Integer::intValue).toArray();
    }

    static Entry of(Scope scope, Variables variables) {
        List<Start> starts = new ArrayList<>();
        List<Integer> slots = new ArrayList<>();
        for (Map.Entry<Scope.Variable, Scope.Load> entry : scope.loads().entrySet()) {
            Scope.Variable variable = entry.getKey();
            boolean constant = scope.constant(variable) instanceof Scope.Load.Global;
            if (!constant) {
                int slot = scope.function.slot(variable);
                slots.add(slot);
                switch (entry.getValue()) {
                    case Scope.Load.Parameter() -> {}
                    case Scope.Load.Nothing() -> starts.add(new Start(slot, null));
                    case Scope.Load.Global(String name) -> starts.add(new Start(slot, variables.global(name)));
                    case Scope.Load.Copy(Scope.Variable source) ->
                        starts.add(new Start(slot, variables.read(scope, source)));
                }
            }
        }
        return new Entry(starts, slots);
    }

    void enter(Frame frame) {
        for (Start start : starts) {
            frame.slots[start.slot] = start.read == null ? null : start.read.read(frame);
        }
    }

    void leave(Frame frame) {
        for (int slot : slots) {
            frame.slots[slot] = null;
        }
    }
}
