package dev.stepwell.data.tokens.bpe;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How often each word occurs in texts, where words are what GPT-2's pre-tokenizer cuts: letters, digits or
/// punctuation with at most one space before them, or white space. Merges never cross such a cut.
public final class WordCounts {
    private static final Pattern WORD = Pattern.compile(
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    // Sorted, so that nothing depends on the order in which texts came.
    private final Map<String, Long> counts = new TreeMap<>();

    /// Counts the words of one text.
    public void add(String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            counts.merge(matcher.group(), 1L, Long::sum);
        }
    }

    Map<String, Long> counts() {
        return counts;
    }
}
