package dev.stepwell.app.check;

import dev.stepwell.app.text.Printable;
import dev.stepwell.data.chat.Example;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.util.Arrays;
import java.util.BitSet;

/// A row as the model reads it, made from its tokens, with what is learnt of it standing out.
final class ShownRow {
    private static final String GREEN = "\u001B[32m";
    private static final String PLAIN = "\u001B[0m";
    /// Characters of a stretch that are shown of its beginning, and of its end.
    private static final int EDGE = 400;

    private final HuggingFaceBpeTokenizer tokenizer;
    private final boolean color;

    ShownRow(HuggingFaceBpeTokenizer tokenizer, boolean color) {
        this.tokenizer = tokenizer;
        this.color = color;
    }

    String legend() {
        return color
                ? "The first rows, as the model reads them; what it learns to say is " + GREEN + "green" + PLAIN + "."
                : "The first rows, as the model reads them; what it learns to say is in [[ ]].";
    }

    String text(Example row) {
        StringBuilder text = new StringBuilder();
        int[] ids = row.ids();
        // Nothing predicts the first token, so nobody learns it; it belongs to what follows all the same.
        BitSet targets = (BitSet) row.targets().clone();
        targets.set(0, targets.get(1));
        for (int from = 0; from < ids.length; ) {
            boolean learnt = targets.get(from);
            int to = learnt ? targets.nextClearBit(from) : targets.nextSetBit(from);
            to = to < 0 ? ids.length : Math.min(to, ids.length);
            String stretch = shortened(tokenizer.decodeAll(Arrays.copyOfRange(ids, from, to)));
            text.append(learnt ? marked(Printable.text(stretch)) : Printable.text(stretch));
            from = to;
        }
        return text.toString();
    }

    /// Each line by itself, so that a pager that shows a part of them shows it in the right colour.
    private String marked(String text) {
        return color ? GREEN + text.replace("\n", PLAIN + "\n" + GREEN) + PLAIN : "[[" + text + "]]";
    }

    private static String shortened(String text) {
        int length = text.codePointCount(0, text.length());
        if (length <= 2 * EDGE) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, EDGE))
                + " … %,d characters … ".formatted(length - 2 * EDGE)
                + text.substring(text.offsetByCodePoints(text.length(), -EDGE));
    }
}
