package dev.stepwell.data.jinja.builtin;

import dev.stepwell.data.jinja.value.Budget;
import dev.stepwell.data.jinja.value.Ordering;
import dev.stepwell.data.jinja.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/// Python's `sorted`: stable, and asking nothing but `<`. Java's own sort refuses orders that contradict themselves, as
/// that of lists with "not a number" does.
final class Sorting {
    private Sorting() {}

    /// The elements in the order of their keys; those with equal keys stay as they are, reversed or not.
    static <T> List<T> by(Budget budget, List<T> items, Function<T, Value> key, boolean reversed) {
        budget.items(items.size());
        List<Keyed<T>> keyed = new ArrayList<>(items.size());
        for (T item : items) {
            keyed.add(new Keyed<>(key.apply(item), item));
        }
        if (reversed) {
            Collections.reverse(keyed);
        }
        sort(budget, keyed, new ArrayList<>(keyed), 0, keyed.size());
        if (reversed) {
            Collections.reverse(keyed);
        }
        List<T> sorted = new ArrayList<>(items.size());
        keyed.forEach(entry -> sorted.add(entry.item));
        return sorted;
    }

    private record Keyed<T>(Value key, T item) {}

    /// Sorts `[from, to)` of `items`, whose elements `scratch` has, too.
    private static <T> void sort(Budget budget, List<Keyed<T>> items, List<Keyed<T>> scratch, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(budget, scratch, items, from, middle);
        sort(budget, scratch, items, middle, to);
        int left = from;
        int right = middle;
        for (int i = from; i < to; i++) {
            boolean takeRight =
                    left == middle || (right < to && less(budget, scratch.get(right).key, scratch.get(left).key));
            items.set(i, takeRight ? scratch.get(right++) : scratch.get(left++));
        }
    }

    private static boolean less(Budget budget, Value left, Value right) {
        return Ordering.holds(budget, Ordering.Operator.LT, left, right);
    }
}
