package dev.stepwell.data.jinja.value;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/// Python's `range`: whole numbers at equal distances, not kept one by one.
public final class Range implements Value {
    private final long start;
    private final long stop;
    private final long step;
    private final int size;

    /// @param size how many numbers there are from `start` by `step` before `stop`
    public Range(long start, long stop, long step, int size) {
        this.start = start;
        this.stop = stop;
        this.step = step;
        this.size = size;
    }

    /// How many there are.
    public int size() {
        return size;
    }

    /// The first.
    public long start() {
        return start;
    }

    /// What it ends before.
    public long stop() {
        return stop;
    }

    /// The distance.
    public long step() {
        return step;
    }

    /// Its numbers.
    public List<Value> items() {
        return new Numbers();
    }

    @Override
    public String type() {
        return "range";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Range range
                && size == range.size
                && (size == 0 || (start == range.start && (size == 1 || step == range.step)));
    }

    @Override
    public int hashCode() {
        return size == 0 ? 0 : 31 * size + Long.hashCode(start);
    }

    private final class Numbers extends AbstractList<Value> implements RandomAccess {
        @Override
        public Value get(int index) {
            return Int.of(start + index * step);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
