package dev.stepwell.data.jinja.value;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// Python's slices: positions count from the end where they are negative, and never lie outside.
public final class Slices {
    private Slices() {}

    /// `sliced[start:stop:step]`.
    public static Value slice(Budget budget, Value sliced, Value start, Value stop, Value step) {
        return switch (sliced) {
            case Undefined undefined -> throw undefined.fault();
            case Str text -> slice(budget, text, Bounds.of(text.points(), start, stop, step));
            case Items items -> {
                Bounds bounds = Bounds.of(items.items().size(), start, stop, step);
                budget.steps(1);
                yield items.with(View.of(items.items(), bounds));
            }
            case Range range -> slice(range, Bounds.of(range.size(), start, stop, step));
            case Dict _ -> throw Fault.type("unhashable type: 'slice'");
            default -> throw Fault.type("'" + sliced.type() + "' object is not subscriptable");
        };
    }

    private static Value slice(Range range, Bounds bounds) {
        long first = range.start() + bounds.start * range.step();
        long stop = range.start() + bounds.stop * range.step();
        return new Range(first, stop, range.step() * bounds.step, bounds.size);
    }

    private static Str slice(Budget budget, Str text, Bounds bounds) {
        budget.chars(bounds.size);
        budget.read(text.length());
        String chars = text.text();
        if (bounds.step == 1) {
            int begin = text.isPlain() ? (int) bounds.start : chars.offsetByCodePoints(0, (int) bounds.start);
            int end = text.isPlain() ? begin + bounds.size : chars.offsetByCodePoints(begin, bounds.size);
            return text.with(chars.substring(begin, end));
        }
        StringBuilder picked = new StringBuilder(bounds.size);
        if (text.isPlain()) {
            for (int i = 0; i < bounds.size; i++) {
                picked.append(chars.charAt((int) (bounds.start + i * bounds.step)));
            }
        } else {
            int[] points = chars.codePoints().toArray();
            for (int i = 0; i < bounds.size; i++) {
                picked.appendCodePoint(points[(int) (bounds.start + i * bounds.step)]);
            }
        }
        return text.with(picked.toString());
    }

    /// Which positions a slice takes.
    private record Bounds(long start, long stop, long step, int size) {
        static Bounds of(int length, Value start, Value stop, Value step) {
            long by = step == None.NONE ? 1 : number(step);
            if (by == 0) {
                throw Fault.value("slice step cannot be zero");
            }
            by = Math.clamp(by, -Integer.MAX_VALUE, Integer.MAX_VALUE);
            long lowest = by > 0 ? 0 : -1;
            long highest = by > 0 ? length : length - 1;
            long from = start == None.NONE ? (by > 0 ? lowest : highest) : position(start, length, lowest, highest);
            long to = stop == None.NONE ? (by > 0 ? highest : lowest) : position(stop, length, lowest, highest);
            long distance = by > 0 ? to - from : from - to;
            long size = distance <= 0 ? 0 : (distance - 1) / Math.abs(by) + 1;
            return new Bounds(from, to, by, (int) size);
        }

        private static long position(Value value, int length, long lowest, long highest) {
            long position = number(value);
            return Math.clamp(position < 0 ? position + length : position, lowest, highest);
        }

        private static long number(Value value) {
            if (value instanceof Integral number) {
                return Math.clamp(Numbers.clamp(number), Long.MIN_VALUE / 2, Long.MAX_VALUE / 2);
            }
            throw Fault.type("slice indices must be integers or None or have an __index__ method");
        }
    }

    /// Elements of a list at equal distances. A view of a view looks at the list itself.
    private static final class View extends AbstractList<Value> implements RandomAccess {
        private final List<Value> source;
        private final long start;
        private final long step;
        private final int size;

        private View(List<Value> source, long start, long step, int size) {
            this.source = source;
            this.start = start;
            this.step = step;
            this.size = size;
        }

        static List<Value> of(List<Value> source, Bounds bounds) {
            if (bounds.size == 0) {
                return List.of();
            }
            if (bounds.size == source.size() && bounds.step == 1) {
                return source;
            }
            if (source instanceof View view) {
                long first = view.start + bounds.start * view.step;
                long by = bounds.size == 1 ? 1 : view.step * bounds.step;
                return new View(view.source, first, by, bounds.size);
            }
            return new View(source, bounds.start, bounds.step, bounds.size);
        }

        @Override
        public Value get(int index) {
            if (index < 0 || index >= size) {
                throw new IndexOutOfBoundsException(index);
            }
            return source.get((int) (start + index * step));
        }

        @Override
        public int size() {
            return size;
        }
    }
}
