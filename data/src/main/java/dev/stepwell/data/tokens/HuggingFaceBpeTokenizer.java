package dev.stepwell.data.tokens;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.stepwell.data.rows.JsonValues;
import dev.stepwell.data.rows.Quoted;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A Hugging Face `tokenizer.json` of the byte-level BPE kind, run by Hugging Face's own library. Needs no network.
///
/// Texts are encoded in one of two ways. *Raw*: special tokens written out in the text become those tokens. *Plain*:
/// they are characters like any other, so that nobody can end a turn by writing `<|im_end|>` into a message.
///
/// Safe to use from any thread. Holds native memory until [#close].
public final class HuggingFaceBpeTokenizer implements Tokenizer, AutoCloseable {
    private static final String EOS = "eos_token";

    private final TokenizerFile file;
    private final TokenizerConfig config;
    private final Encoder raw;
    private final Encoder plain;
    private final int endOfTurn;
    private final int padding;
    private final int[] beginning;

    private HuggingFaceBpeTokenizer(TokenizerFile file, TokenizerConfig config) throws IOException {
        this.file = file;
        this.config = config;
        endOfTurn = endOfTurn(file, config);
        // Nothing looks at what fills up a short row.
        padding = file.has(SpecialTokens.PAD) ? file.special(SpecialTokens.PAD) : endOfTurn;
        raw = new Encoder(open(file.json()), file.tokenBytes());
        plain = new Encoder(open(file.plainJson()), file.tokenBytes());
        beginning = beginning();
    }

    private static int endOfTurn(TokenizerFile file, TokenizerConfig config) {
        Optional<String> eos = config.specialToken(EOS);
        if (eos.isEmpty() && !file.has(SpecialTokens.IM_END)) {
            throw new IllegalArgumentException("%s beside it names no %s, so that nothing would end an answer"
                    .formatted(TokenizerConfig.FILE, EOS));
        }
        return file.special(eos.orElse(SpecialTokens.IM_END));
    }

    /// Loads a tokenizer.
    ///
    /// @param file a `tokenizer.json`; what its folder says about it is read, too. If that names no token that ends
    ///             an answer, it is `<|im_end|>`
    /// @throws IOException if it cannot be read or used, naming the file
    public static HuggingFaceBpeTokenizer open(Path file) throws IOException {
        TokenizerFile parsed = TokenizerFile.read(file);
        try {
            return new HuggingFaceBpeTokenizer(parsed, TokenizerConfig.read(file.resolveSibling("")));
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

    /// What the tokenizer puts before a text of its own accord, such as the token that begins one.
    private int[] beginning() {
        String any = "a";
        int[] bare = raw.encodeWhole(List.of(any), false)[0];
        int[] whole = raw.encodeWhole(List.of(any), true)[0];
        for (int i = 0; i + bare.length <= whole.length; i++) {
            if (Arrays.equals(bare, 0, bare.length, whole, i, i + bare.length)) {
                return Arrays.copyOf(whole, i);
            }
        }
        return new int[0];
    }

    /// What lies beside the tokenizer's file about it.
    public TokenizerConfig config() {
        return config;
    }

    /// Texts of the tokens that are no part of what people write.
    public Set<String> controls() {
        return file.controls();
    }

    /// Whether the ids of a text are those of its stretches, wherever it is split, as long as they are not joined into
    /// longer tokens.
    public boolean encodesStretches() {
        return file.bytes();
    }

    /// The ids that begin a text of its own; not to be changed.
    public int[] beginningOfText() {
        return beginning;
    }

    /// The token that ends a text that is no answer.
    public int endOfText() {
        return file.has(SpecialTokens.END_OF_TEXT) ? file.special(SpecialTokens.END_OF_TEXT) : endOfTurn;
    }

    /// The id of the added token that is written `text`.
    ///
    /// @throws IllegalArgumentException if there is none
    public int special(String text) {
        return file.special(text);
    }

    /// Raw ids of a text, with where each is in it.
    ///
    /// @param ids    token ids
    /// @param starts where each begins, in `char`s of the text; tokens that share a character both have it
    /// @param ends   behind the last `char` of each
    @SuppressWarnings("ArrayRecordComponent") // Read once and compared by nobody.
    public record Placed(int[] ids, int[] starts, int[] ends) {}

    /// Raw ids of `text` with their places.
    ///
    /// @throws IllegalArgumentException if `text` contains half a surrogate pair
    public Placed place(String text) {
        requireText(text);
        long encoding = TokenizersLibrary.LIB.encode(raw.library().getHandle(), text, false);
        try {
            int[] ids = Encoder.narrow(TokenizersLibrary.LIB.getTokenIds(encoding));
            CharSpan[] spans = TokenizersLibrary.LIB.getTokenCharSpans(encoding);
            int[] starts = new int[ids.length];
            int[] ends = new int[ids.length];
            int[] places = places(text);
            for (int i = 0; i < ids.length; i++) {
                CharSpan span = spans[i];
                // A token that stands for nothing in the text has no span.
                starts[i] = span == null ? (i == 0 ? 0 : ends[i - 1]) : places[span.getStart()];
                ends[i] = span == null ? starts[i] : places[span.getEnd()];
            }
            return new Placed(ids, starts, ends);
        } finally {
            TokenizersLibrary.LIB.deleteEncoding(encoding);
        }
    }

    /// Where each of a text's Unicode characters begins, in `char`s, and behind them the text's length.
    private static int[] places(String text) {
        int[] places = new int[text.codePointCount(0, text.length()) + 1];
        int at = 0;
        for (int i = 0; i < places.length - 1; i++) {
            places[i] = at;
            at += Character.charCount(text.codePointAt(at));
        }
        places[places.length - 1] = at;
        return places;
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
        texts.forEach(HuggingFaceBpeTokenizer::requireText);
        return raw.encode(texts);
    }

    /// Plain ids of each text, in order; uses all cores.
    ///
    /// @throws IllegalArgumentException if a text contains half a surrogate pair
    public int[][] encodePlain(List<String> texts) {
        texts.forEach(HuggingFaceBpeTokenizer::requireText);
        return plain.encode(texts);
    }

    @Override
    public String decode(int[] ids) {
        return decode(ids, true);
    }

    /// Text of `ids`, special tokens written out.
    public String decodeAll(int[] ids) {
        return decode(ids, false);
    }

    private String decode(int[] ids, boolean skipSpecial) {
        long[] wide = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            wide[i] = ids[i];
        }
        return raw.library().decode(wide, skipSpecial);
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

    /// No token stands for more `char`s than this.
    public int longestToken() {
        return file.longestToken();
    }

    @Override
    public void close() {
        raw.close();
        plain.close();
    }

    private static void requireText(String text) {
        if (JsonValues.hasLoneSurrogate(text)) {
            throw new IllegalArgumentException("half a surrogate pair is no text: " + Quoted.of(text));
        }
    }
}
