package dev.stepwell.torch.evaluation;

import dev.stepwell.data.tokens.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What can be said of answers before they are written.
///
/// @param judged how many of them are right or wrong
/// @param right  how many of those are right
/// @param open   the others, which have to be written
record Verdicts(int judged, int right, List<Asked> open) {
    Verdicts {
        open = List.copyOf(open);
    }

    /// Of `rows`, as far as grading them says; those that cannot be judged are left out.
    ///
    /// @param likeliest token at each of their targets, row after row
    static Verdicts of(List<Asked> rows, int[] likeliest, Tokenizer tokenizer) {
        int judged = 0;
        int right = 0;
        List<Asked> open = new ArrayList<>();
        int from = 0;
        for (Asked asked : rows) {
            int to = from + asked.row().example().targets().cardinality();
            if (asked.isQuestion()) {
                switch (foretold(asked, Arrays.copyOfRange(likeliest, from, to), tokenizer)) {
                    case Foretold.Whole(int[] answer) -> {
                        judged++;
                        right += asked.isRight(tokenizer.decode(answer)) ? 1 : 0;
                    }
                    case Foretold.Begun(int[] beginning) -> {
                        if (asked.mayBecomeRight(tokenizer.decode(beginning))) {
                            open.add(asked);
                        } else {
                            judged++;
                        }
                    }
                }
            }
            from = to;
        }
        return new Verdicts(judged, right, open);
    }

    private static Foretold foretold(Asked asked, int[] likeliest, Tokenizer tokenizer) {
        int promptLength = asked.question().promptIds().length;
        return Foretold.of(asked.row().example(), promptLength, likeliest, tokenizer.endOfTurn());
    }
}
