package dev.stepwell.torch.generation;

import dev.stepwell.data.tokens.Tokenizer;
import java.util.Arrays;

/// The text of tokens that come one by one, each character given out once it is whole: a token can be a part of one.
///
/// Bytes that make up no character are left out. So is the replacement mark `U+FFFD` itself, which they are decoded to
/// and from which nothing tells them.
///
/// To see what a token adds it is decoded together with those before it, back to the last two places where text was
/// given out: at such a place a character ends, so that further back nothing changes any more, and a decoder that
/// treats the first token of a text in its own way does not mistake this one for it.
final class TextStream {
    private static final String MARK = "\uFFFD";

    private final Tokenizer tokenizer;
    private int[] ids = new int[64];
    private int length;
    private int context;
    private int given;

    TextStream(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /// Takes the next token, and gives the text that is certain now and was not before.
    String add(int id) {
        if (length == ids.length) {
            ids = Arrays.copyOf(ids, 2 * length);
        }
        ids[length++] = id;
        String text = pending();
        if (text.isEmpty() || text.endsWith(MARK)) {
            return "";
        }
        context = given;
        given = length;
        return whole(text);
    }

    /// Gives what is left when no more tokens come.
    String finish() {
        return whole(pending());
    }

    private String pending() {
        String before = decode(given);
        String now = decode(length);
        return now.length() <= before.length() ? "" : now.substring(before.length());
    }

    private String decode(int end) {
        return tokenizer.decode(Arrays.copyOfRange(ids, context, end));
    }

    private static String whole(String text) {
        return text.replace(MARK, "");
    }
}
