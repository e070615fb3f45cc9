package dev.stepwell.app.report;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.BitSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Which words of a right answer the model's lacks, and which of the model's do not belong there.
///
/// @param golden the right answer, word by word
/// @param answer the model's
record Differences(Words golden, Words answer) {
    /// Beyond these, a comparison would take longer than it is worth.
    static final int MOST_WORDS = 1_000;

    private static final Pattern WORD =
            Pattern.compile("\\s+|[\\p{L}\\p{N}_]+|[^\\s\\p{L}\\p{N}_]", Pattern.UNICODE_CHARACTER_CLASS);

    /// A text, word by word.
    ///
    /// @param words  which, joined, are the text
    /// @param others places of those that the other text does not have there
    record Words(List<String> words, BitSet others) {}

    static Differences of(String golden, String answer) {
        List<String> left = words(golden);
        List<String> right = words(answer);
        BitSet missing = new BitSet();
        BitSet other = new BitSet();
        if (left.size() <= MOST_WORDS && right.size() <= MOST_WORDS) {
            for (AbstractDelta<String> delta : DiffUtils.diff(left, right).getDeltas()) {
                missing.set(delta.getSource().getPosition(), delta.getSource().last() + 1);
                other.set(delta.getTarget().getPosition(), delta.getTarget().last() + 1);
            }
        }
        return new Differences(new Words(left, missing), new Words(right, other));
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).toList();
    }
}
