package dev.stepwell.data.rows;

import dev.stepwell.data.tokens.SpecialTokens;

/// Marks that other tools leave at the end of an answer. They mean the end, which every answer gets anyway.
final class EndMarks {
    private EndMarks() {}

    /// `answer` without the marks at its end and the white space around them; as it is if it has none.
    static String strip(String answer) {
        String kept = answer;
        while (true) {
            String end = kept.stripTrailing();
            if (end.endsWith(SpecialTokens.END_OF_TEXT)) {
                kept = end.substring(0, end.length() - SpecialTokens.END_OF_TEXT.length());
            } else if (end.endsWith(SpecialTokens.IM_END)) {
                kept = end.substring(0, end.length() - SpecialTokens.IM_END.length());
            } else {
                return kept;
            }
        }
    }
}
