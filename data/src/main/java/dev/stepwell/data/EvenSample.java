package dev.stepwell.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A sample spread evenly over a sequence whose length is not known beforehand, the same one every time.
///
/// Every `stride`-th is kept; whenever twice as many as wanted are there, every other one is dropped and the stride
/// doubled.
final class EvenSample<T> {
    private final int size;
    private final List<T> kept = new ArrayList<>();
    private long seen;
    private long stride = 1;

    /// Nothing has been offered yet.
    ///
    /// @param size most that are sampled, at least 1
    EvenSample(int size) {
        this.size = size;
    }

    /// Counts one more, and makes it only if it may be in the sample.
    void offer(Supplier<T> item) {
        if (seen % stride == 0) {
            kept.add(item.get());
            if (kept.size() == 2 * size) {
                halve();
            }
        }
        seen++;
    }

    /// At most as many as wanted, in the order in which they came; all if there were no more.
    List<T> sample() {
        if (kept.size() <= size) {
            return List.copyOf(kept);
        }
        List<T> sample = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            sample.add(kept.get((int) ((long) i * kept.size() / size)));
        }
        return sample;
    }

    private void halve() {
        List<T> everyOther = new ArrayList<>(2 * size);
        for (int i = 0; i < kept.size(); i += 2) {
            everyOther.add(kept.get(i));
        }
        kept.clear();
        kept.addAll(everyOther);
        stride *= 2;
    }
}
