package dev.stepwell.data;

import java.util.Arrays;

/// A growing list of numbers, four bytes each: a file may have many millions of rows.
final class IntList {
    private static final int FIRST = 1_024;

    private int[] values = new int[FIRST];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
