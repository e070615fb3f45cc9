package dev.stepwell.data.tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parts of texts that go to the library as one text, for it takes as long for a short one as for many words. Which ids
/// are whose is known from the bytes for which each token stands.
///
/// @param parts in the order in which they are joined
/// @param at    where each is wanted
record JoinedParts(List<String> parts, List<Integer> at) {
    /// Enough that a text of its own weighs nothing.
    private static final int MOST = 64;

    private static final char LAST_ASCII = '\u007F';

    JoinedParts {
        parts = List.copyOf(parts);
        at = List.copyOf(at);
    }

    /// Those of `parts` that can be joined, in groups: each begins and ends so that it is cut off again, and has as
    /// many bytes as chars, whatever normalizes it.
    static List<JoinedParts> of(List<String> parts) {
        List<JoinedParts> groups = new ArrayList<>();
        List<String> group = new ArrayList<>();
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (canBeJoined(parts.get(i))) {
                group.add(parts.get(i));
                at.add(i);
                if (group.size() == MOST) {
                    groups.add(new JoinedParts(group, at));
                    group.clear();
                    at.clear();
                }
            }
        }
        if (!group.isEmpty()) {
            groups.add(new JoinedParts(group, at));
        }
        return groups;
    }

    private static boolean canBeJoined(String part) {
        return part.startsWith(" ")
                && SafeCuts.endsWord(part.charAt(part.length() - 1))
                && part.chars().allMatch(c -> c <= LAST_ASCII);
    }

    String text() {
        return String.join("", parts);
    }

    /// The ids of each part, from those of the text; null if tokens do not end where parts do.
    ///
    /// @param tokenBytes bytes that each id stands for
    @Nullable
    List<int[]> split(int[] ids, int[] tokenBytes) {
        List<int[]> split = new ArrayList<>(parts.size());
        int next = 0;
        for (String part : parts) {
            int from = next;
            int bytes = 0;
            while (next < ids.length && bytes < part.length()) {
                bytes += tokenBytes[ids[next++]];
            }
            if (bytes != part.length()) {
                return null;
            }
            split.add(Arrays.copyOfRange(ids, from, next));
        }
        return next == ids.length ? split : null;
    }
}
