package dev.stepwell.data.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.stepwell.data.rows.JsonValues;
import dev.stepwell.data.rows.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A Hugging Face `tokenizer.json` of the byte-level BPE kind, run by Hugging Face's own library. Needs no network.
///
/// Texts are encoded in one of two ways. *Raw*: special tokens written out in the text become those tokens. *Plain*:
/// they are characters like any other, so that nobody can end a turn by writing `<|im_end|>` into a message.
///
/// Safe to use from any thread. Holds native memory until [#close].
public final class HuggingFaceBpeTokenizer implements Tokenizer, AutoCloseable {
    private final TokenizerFile file;
    private final HuggingFaceTokenizer raw;
    private final HuggingFaceTokenizer plain;
    private final int endOfTurn;
    private final int padding;

    private HuggingFaceBpeTokenizer(TokenizerFile file) throws IOException {
        this.file = file;
        for (String needed : List.of(SpecialTokens.IM_START, SpecialTokens.END_OF_TEXT)) {
            file.special(needed); // Here, where the file can be named, and not where the first row is read.
        }
        endOfTurn = file.special(SpecialTokens.IM_END);
        // Nothing looks at what fills up a short row.
        padding = file.has(SpecialTokens.PAD) ? file.special(SpecialTokens.PAD) : endOfTurn;
        raw = open(file.json());
        plain = open(file.plainJson());
    }

    /// Loads a tokenizer.
    ///
    /// @param file a `tokenizer.json` that has the [SpecialTokens]
    /// @throws IOException if it cannot be read or used, naming the file
    public static HuggingFaceBpeTokenizer open(Path file) throws IOException {
        TokenizerFile parsed = TokenizerFile.read(file);
        try {
            return new HuggingFaceBpeTokenizer(parsed);
        } catch (RuntimeException e) {
            throw new IOException(file + " cannot be used as a tokenizer: " + e.getMessage(), e);
        }
    }

    private static HuggingFaceTokenizer open(String json) throws IOException {
        TokenizerNatives.configure();
        // Without these the library cuts texts at 512 tokens and adds tokens of its own.
        return HuggingFaceTokenizer.newInstance(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
                Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false"));
    }

    /// Raw ids of `text`.
    ///
    /// @throws IllegalArgumentException if `text` contains half a surrogate pair
    @Override
    public int[] encode(String text) {
        return encodeRaw(List.of(text))[0];
    }

    /// Raw ids of each text, in order; uses all cores.
    ///
    /// @throws IllegalArgumentException if a text contains half a surrogate pair
    public int[][] encodeRaw(List<String> texts) {
        return encode(raw, texts);
    }

    /// Plain ids of each text, in order; uses all cores.
    ///
    /// @throws IllegalArgumentException if a text contains half a surrogate pair
    public int[][] encodePlain(List<String> texts) {
        return encode(plain, texts);
    }

    @Override
    public String decode(int[] ids) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        return raw.decode(wide, true);
    }

    @Override
    public int vocabSize() {
        return file.vocabSize();
    }

    @Override
    public int endOfTurn() {
        return endOfTurn;
    }

    @Override
    public int padding() {
        return padding;
    }

    /// The id of one of the [SpecialTokens].
    ///
    /// @throws IllegalArgumentException if the tokenizer does not have it
    public int special(String token) {
        return file.special(token);
    }

    /// No token stands for more `char`s than this.
    public int longestToken() {
        return file.longestToken();
    }

    @Override
    public void close() {
        raw.close();
        plain.close();
    }

    /// Goes past the library's own `batchEncode`, which fetches every token's text and place across the language
    /// border, and takes several times as long.
    private static int[][] encode(HuggingFaceTokenizer tokenizer, List<String> texts) {
        for (String text : texts) {
            if (JsonValues.hasLoneSurrogate(text)) {
                throw new IllegalArgumentException("half a surrogate pair is no text: " + Quoted.of(text));
            }
        }
        int[][] ids = new int[texts.size()][];
        long[] encodings =
                TokenizersLibrary.LIB.batchEncode(tokenizer.getHandle(), texts.toArray(String[]::new), false);
        for (int i = 0; i < encodings.length; i++) {
            ids[i] = narrow(TokenizersLibrary.LIB.getTokenIds(encodings[i]));
            TokenizersLibrary.LIB.deleteEncoding(encodings[i]);
        }
        return ids;
    }

    private static int[] narrow(long[] wide) {
        int[] ids = new int[wide.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = (int) wide[i];
        }
        return ids;
    }
}
