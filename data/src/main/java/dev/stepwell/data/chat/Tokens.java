package dev.stepwell.data.chat;

import dev.stepwell.data.jinja.Span;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.util.Arrays;
import java.util.BitSet;

/// The tokens of a whole row.
///
/// @param ids         of all its pieces
/// @param targets     which of them are to be learnt
/// @param answerStart where the last answer begins
@SuppressWarnings("ArrayRecordComponent") // Handed on as it is, compared by nobody.
record Tokens(int[] ids, BitSet targets, int answerStart) {
    /// Joins the pieces of a row.
    ///
    /// @param texts the ids of its texts
    static Tokens of(RenderedRow row, EncodedTexts texts, HuggingFaceBpeTokenizer tokenizer) {
        Builder builder = new Builder();
        for (int i = 0; i < row.pieces().size(); i++) {
            Piece piece = row.pieces().get(i);
            if (i == row.lastAnswer()) {
                builder.answerStart = builder.length;
            }
            switch (piece) {
                case Piece.Control(var ids, boolean target) ->
                    builder.add(ids.stream().mapToInt(Integer::intValue).toArray(), target);
                case Piece.Text text -> builder.add(texts.of(text), text.target());
                case Piece.Marked(String text, var targets) ->
                    builder.add(tokenizer.place(text), targets, i == row.lastAnswer());
            }
        }
        return new Tokens(Arrays.copyOf(builder.ids, builder.length), builder.targets, builder.answerStart);
    }

    private static final class Builder {
        private static final int FIRST = 64;

        int[] ids = new int[FIRST];
        int length;
        int answerStart;
        final BitSet targets = new BitSet();

        void add(int[] more, boolean target) {
            append(more);
            targets.set(length - more.length, length, target);
        }

        /// @param lastAnswer whether the last of the spans is the row's last answer
        void add(HuggingFaceBpeTokenizer.Placed placed, Iterable<Span> spans, boolean lastAnswer) {
            int from = length;
            append(placed.ids());
            for (Span span : spans) {
                int first = -1;
                for (int i = 0; i < placed.ids().length; i++) {
                    if (placed.starts()[i] < span.end() && placed.ends()[i] > span.start()) {
                        targets.set(from + i);
                        first = first < 0 ? from + i : first;
                    }
                }
                if (lastAnswer && first >= 0) {
                    answerStart = first;
                }
            }
        }

        private void append(int[] more) {
            if (length + more.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(length + more.length, 2 * ids.length));
            }
            System.arraycopy(more, 0, ids, length, more.length);
            length += more.length;
        }
    }
}
