package dev.stepwell.data.tokens.bpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Words as token ids, with the number of times each pair of neighbours occurs in them. A merge touches only the words
/// that have the pair.
final class Corpus {
    private final List<int[]> words = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<TokenPair, Long> pairCounts = new HashMap<>();
    private final Map<TokenPair, Set<Integer>> wordsWithPair = new HashMap<>();

    /// @param ids   the word
    /// @param count how often it occurs
    void add(int[] ids, long count) {
        words.add(ids.clone());
        counts.add(count);
        count(words.size() - 1, 1);
    }

    /// The pair that occurs most, of equals the lowest; null if none occurs twice.
    @Nullable
    TokenPair mostFrequent() {
        TokenPair best = null;
        long most = 1;
        for (Map.Entry<TokenPair, Long> entry : pairCounts.entrySet()) {
            long count = entry.getValue();
            boolean first = count == most && best != null && entry.getKey().compareTo(best) < 0;
            if (count > most || first) {
                best = entry.getKey();
                most = count;
            }
        }
        return best;
    }

    /// Replaces `pair` by `id` everywhere, from the left in each word.
    void merge(TokenPair pair, int id) {
        Set<Integer> touched = wordsWithPair.getOrDefault(pair, Set.of());
        for (int word : List.copyOf(touched)) {
            count(word, -1);
            words.set(word, merged(words.get(word), pair, id));
            count(word, 1);
        }
    }

    private void count(int word, int sign) {
        int[] ids = words.get(word);
        long occurrences = sign * counts.get(word);
        for (int i = 0; i + 1 < ids.length; i++) {
            TokenPair pair = new TokenPair(ids[i], ids[i + 1]);
            long now = pairCounts.merge(pair, occurrences, Long::sum);
            if (now == 0) {
                pairCounts.remove(pair);
            }
            Set<Integer> places = wordsWithPair.computeIfAbsent(pair, _ -> new HashSet<>());
            if (sign > 0) {
                places.add(word);
            } else {
                places.remove(word);
            }
        }
    }

    private static int[] merged(int[] ids, TokenPair pair, int id) {
        int[] result = new int[ids.length];
        int length = 0;
        int i = 0;
        while (i < ids.length) {
            boolean here = i + 1 < ids.length && ids[i] == pair.left() && ids[i + 1] == pair.right();
            result[length++] = here ? id : ids[i];
            i += here ? 2 : 1;
        }
        return Arrays.copyOf(result, length);
    }
}
