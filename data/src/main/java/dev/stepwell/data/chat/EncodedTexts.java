package dev.stepwell.data.chat;

import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The ids of all texts of some rendered rows, encoded in two calls. A text that rows have in common (a role, the same
/// system message) is encoded once.
final class EncodedTexts {
    private final Map<String, int[]> raw;
    private final Map<String, int[]> plain;

    EncodedTexts(HuggingFaceBpeTokenizer tokenizer, List<RenderedRow> rows) {
        Set<String> rawTexts = new LinkedHashSet<>();
        Set<String> plainTexts = new LinkedHashSet<>();
        for (RenderedRow row : rows) {
            for (Piece piece : row.pieces()) {
                if (piece instanceof Piece.Text(String text, boolean isRaw, boolean _)) {
                    (isRaw ? rawTexts : plainTexts).add(text);
                }
            }
        }
        raw = byText(rawTexts, tokenizer::encodeRaw);
        plain = byText(plainTexts, tokenizer::encodePlain);
    }

    /// @throws IllegalStateException if the text is of none of the rows
    int[] of(Piece.Text piece) {
        int[] ids = (piece.raw() ? raw : plain).get(piece.text());
        if (ids == null) {
            throw new IllegalStateException("a text that was not encoded");
        }
        return ids;
    }

    private static Map<String, int[]> byText(Set<String> texts, Function<List<String>, int[][]> encode) {
        List<String> ordered = List.copyOf(texts);
        int[][] ids = encode.apply(ordered);
        Map<String, int[]> byText = HashMap.newHashMap(ids.length);
        for (int i = 0; i < ids.length; i++) {
            byText.put(ordered.get(i), ids[i]);
        }
        return byText;
    }
}
