package dev.stepwell.app.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// Finds what somebody meant who mistyped a name.
public final class NearestName {
    private static final int LONGEST_NAME = 64;

    private NearestName() {}

    /// The known name nearest to `typed`, if one is near: at most a third of its characters differ, and at most 3.
    /// Of names equally near, the first.
    public static Optional<String> of(String typed, Collection<String> known) {
        if (typed.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        return known.stream()
                .filter(name -> distance(typed, name) <= Math.clamp(name.length() / 3, 1, 3))
                .min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    /// Edits that turn `a` into `b`: a character inserted, deleted or replaced, or two neighbours swapped.
    /// The optimal string alignment distance (Damerau 1964, with each place edited once); case is ignored.
    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (same(a, i, b, j) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && same(a, i, b, j - 1) && same(a, i - 1, b, j)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }

    private static boolean same(String a, int i, String b, int j) {
        return Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
    }
}
