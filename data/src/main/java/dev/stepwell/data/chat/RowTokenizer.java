package dev.stepwell.data.chat;

import dev.stepwell.data.rows.Row;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Rows to token ids with the positions to be learnt.
///
/// A row longer than `maxLength` tokens keeps its last `maxLength`, so that what is furthest from the last answer
/// goes; only if that answer is itself too long does the row begin one token before it and lose the answer's end.
/// A plain text keeps its beginning. So every row keeps at least one token to learn, whatever its length.
public final class RowTokenizer {
    private static final int SHORTEST = 2;

    private final HuggingFaceBpeTokenizer tokenizer;
    private final RowRenderer renderer;
    private final int maxLength;

    /// Cuts rows at `maxLength` tokens.
    ///
    /// @param maxLength tokens a row may have
    /// @throws IllegalArgumentException if `maxLength` is below 2: one token to see and one to learn
    public RowTokenizer(HuggingFaceBpeTokenizer tokenizer, int maxLength) {
        if (maxLength < SHORTEST) {
            throw new IllegalArgumentException("max_length %d is below %d".formatted(maxLength, SHORTEST));
        }
        this.tokenizer = tokenizer;
        this.renderer = new RowRenderer(tokenizer, maxLength);
        this.maxLength = maxLength;
    }

    /// Tokenizes rows together, which is faster than one by one. In the order of `rows`.
    public List<TokenizedRow> tokenize(List<Row> rows) {
        List<RenderedRow> rendered = rows.stream().map(renderer::render).toList();
        EncodedTexts texts = new EncodedTexts(tokenizer, rendered);
        List<TokenizedRow> tokenized = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            tokenized.add(assemble(rows.get(i), rendered.get(i), texts));
        }
        return tokenized;
    }

    private TokenizedRow assemble(Row row, RenderedRow rendered, EncodedTexts texts) {
        int[] ids = new int[64];
        int length = 0;
        int answerStart = 0;
        BitSet targets = new BitSet();
        for (int i = 0; i < rendered.pieces().size(); i++) {
            Piece piece = rendered.pieces().get(i);
            if (i == rendered.lastAnswer()) {
                answerStart = length;
            }
            int[] more = switch (piece) {
                case Piece.Control(int id, boolean _) -> new int[] {id};
                case Piece.Text text -> texts.of(text);
            };
            if (length + more.length > ids.length) {
                ids = Arrays.copyOf(ids, Math.max(length + more.length, 2 * ids.length));
            }
            System.arraycopy(more, 0, ids, length, more.length);
            targets.set(length, length + more.length, piece.target());
            length += more.length;
        }
        return cut(row, Arrays.copyOf(ids, length), targets, answerStart);
    }

    private TokenizedRow cut(Row row, int[] ids, BitSet targets, int answerStart) {
        int start = Math.max(0, Math.min(ids.length - maxLength, answerStart - 1));
        int end = Math.min(ids.length, start + maxLength);
        BitSet kept = targets.get(start, end);
        // Nothing comes before the first token from which it could be predicted.
        kept.clear(0);
        Example example = new Example(Arrays.copyOfRange(ids, start, end), kept);
        return new TokenizedRow(row, example, answerStart - start, end - start < ids.length, end == ids.length);
    }
}
