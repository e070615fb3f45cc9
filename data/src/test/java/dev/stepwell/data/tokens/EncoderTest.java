package dev.stepwell.data.tokens;

import static dev.stepwell.data.tokens.TokenizerJson.byteLevel;
import static dev.stepwell.data.tokens.TokenizerJson.digits;
import static dev.stepwell.data.tokens.TokenizerJson.expression;
import static dev.stepwell.data.tokens.TokenizerJson.sequence;
import static dev.stepwell.data.tokens.TokenizerJson.splitBy;
import static dev.stepwell.data.tokens.TokenizerJson.typed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Texts encoded in parts, held against the library, which is given them whole.
class EncoderTest {
    private static final List<ObjectNode> TOKENIZERS = tokenizers();
    private static final List<Encoder> ENCODERS = TOKENIZERS.stream()
            .map(root -> new Encoder(TokenizerJson.open(root), TokenizerFile.tokenBytes(root)))
            .toList();

    /// Of every kind that is cut.
    static List<ObjectNode> tokenizers() {
        List<ObjectNode> all = new ArrayList<>();
        all.add(splitBy(byteLevel(true), null));
        all.add(splitBy(sequence(digits(), byteLevel(true)), null));
        for (String regex : SafeCuts.EXPRESSIONS) {
            all.add(splitBy(sequence(expression(regex), byteLevel(false)), null));
            all.add(splitBy(sequence(expression(regex), byteLevel(false)), "NFC"));
        }
        return all;
    }

    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> word = Arbitraries.of(
                "the",
                "Tiles",
                "don't",
                "'s",
                "I'LL",
                "x1y22",
                "2,048",
                "ß",
                "été",
                "e\u0301",
                "Ж",
                "слово",
                "ﬁ",
                "漢字",
                "\u0301",
                "\u00A0",
                "\u2028",
                "\u200D",
                "👩‍🚀",
                "\uD835\uDC00",
                "<|im_end|>",
                "<|im_start|>user\n",
                "```py\n",
                "->",
                "…",
                "\"",
                "\t",
                "\r\n",
                "_",
                "/",
                "\u0000",
                "\u0378",
                "ـ",
                "ᾠ",
                "ǅ",
                "ª",
                "²",
                "٣");
        Arbitrary<String> gap = Arbitraries.of("", " ", " ", " ", "  ", "\n", " \n ", "   ");
        return Combinators.combine(word, gap)
                .as((text, space) -> text + space)
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 300)
    void idsAreThoseOfTheWholeText(@ForAll("texts") List<String> texts) {
        for (Encoder encoder : ENCODERS) {
            assertThat(encoder.encode(texts)).isDeepEqualTo(encoder.encodeWhole(texts, false));
            assertThat(encoder.encode(texts)).as("from memory").isDeepEqualTo(encoder.encodeWhole(texts, false));
        }
    }

    /// Every character that may stand beside a cut, and all that may stand beside these.
    @ParameterizedTest
    @MethodSource("tokenizers")
    void everyCutIsOneThatTheLibraryMakes(ObjectNode root) {
        List<String> texts = new ArrayList<>();
        for (char c = 0; c < '\u0600'; c++) {
            for (String beside : List.of("a", "A", "1", ".", "'", "é", "Ж", "\n", " ", "\u0301")) {
                texts.add("x" + beside + c + " word");
                texts.add(beside + " " + c + "x");
                texts.add("7 " + c + beside);
                texts.add(c + " " + beside);
                texts.add(beside + "\n" + c + "\n" + beside);
                texts.add(c + "  \n" + c + "\n ");
            }
        }
        try (Encoder encoder = new Encoder(TokenizerJson.open(root), TokenizerFile.tokenBytes(root))) {
            assertThat(encoder.encode(texts)).isDeepEqualTo(encoder.encodeWhole(texts, false));
        }
        assertThat(texts.stream().filter(text -> SafeCuts.parts(text).size() > 1))
                .hasSizeGreaterThan(10_000);
    }

    /// All of ASCII in parts that are new to the encoder, many of them at once.
    @ParameterizedTest
    @MethodSource("tokenizers")
    void partsThatAreAskedForTogetherHaveTheIdsTheyHaveAlone(ObjectNode root) {
        Random random = new Random(7);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            StringBuilder text = new StringBuilder();
            random.ints(1 + random.nextInt(200), 0, 0x80)
                    .forEach(c -> text.append(random.nextInt(4) == 0 ? ' ' : (char) c));
            texts.add(text.toString());
        }
        try (Encoder encoder = new Encoder(TokenizerJson.open(root), TokenizerFile.tokenBytes(root))) {
            assertThat(encoder.encode(texts)).isDeepEqualTo(encoder.encodeWhole(texts, false));
        }
    }

    @Test
    void joinedPartsAreCutByTheBytesOfTheirTokens() {
        List<JoinedParts> joined = JoinedParts.of(List.of("The", " tiles", " é", " a\n", " b c"));
        assertThat(joined).containsExactly(new JoinedParts(List.of(" tiles", " b c"), List.of(1, 4)));
        int[] bytes = {1, 2, 3};
        assertThat(joined.getFirst().split(new int[] {2, 2, 1, 1}, bytes))
                .containsExactly(new int[] {2, 2}, new int[] {1, 1});
        assertThat(joined.getFirst().split(new int[] {2, 1, 2, 1}, bytes)).isNull();
        assertThat(joined.getFirst().split(new int[] {2, 2, 1, 1, 0}, bytes)).isNull();
        assertThat(joined.getFirst().split(new int[] {2, 2, 1}, bytes)).isNull();
    }

    @Test
    void partsAreTheTextAgain() {
        assertThat(SafeCuts.parts("The tiles,  and then \"the\" clue: 7 d-m-s."))
                .containsExactly("The", " tiles,", "  and", " then", " \"the\"", " clue:", " 7", " d-m-s.");
        assertThat(SafeCuts.parts("clue.\nNext\n \n- é\né\n\na"))
                .containsExactly("clue.\n", "Next\n \n-", " é\né\n\na");
        assertThat(SafeCuts.parts("")).containsExactly("");
        assertThat(SafeCuts.parts(" a")).containsExactly(" a");
        assertThat(SafeCuts.parts("a ")).containsExactly("a", " ");
    }

    @ParameterizedTest
    @MethodSource("tokenizers")
    void theKindsAreKnown(ObjectNode root) {
        assertThat(SafeCuts.holdFor(root)).isTrue();
    }

    static Stream<JsonNode> others() {
        ObjectNode withPrefix = byteLevel(true).put("add_prefix_space", true);
        ObjectNode inverted = expression(SafeCuts.EXPRESSIONS.iterator().next()).put("invert", true);
        ObjectNode dropout = TokenizerJson.shipped();
        ((ObjectNode) dropout.path("model")).put("dropout", 0.1);
        return Stream.of(
                splitBy(withPrefix, null),
                splitBy(typed("Metaspace"), null),
                splitBy(sequence(), null),
                splitBy(sequence(expression("\\w+"), byteLevel(false)), null),
                splitBy(sequence(inverted, byteLevel(false)), null),
                splitBy(byteLevel(true), "NFKC"),
                added("<tool>", "lstrip"),
                added("<tool>", "rstrip"),
                added("word", "single_word"),
                added("begin of", "special"),
                dropout);
    }

    private static ObjectNode added(String content, String flag) {
        ObjectNode root = TokenizerJson.shipped();
        root.withArray("added_tokens")
                .addObject()
                .put("id", 7)
                .put("content", content)
                .put(flag, true);
        return root;
    }

    @ParameterizedTest
    @MethodSource("others")
    void tokenizersOfOtherKindsAreGivenWholeTexts(JsonNode root) {
        assertThat(SafeCuts.holdFor(root)).isFalse();
    }

    @Test
    void whatIsNotMetForLongIsForgotten() {
        PartCache cache = new PartCache();
        Set<String> asked = new HashSet<>();
        for (int i = 0; i < 300_000; i++) {
            cache.add("word" + i, new int[] {i});
            if (i % 10_000 == 0) {
                assertThat(cache.find("word0")).containsExactly(0);
            }
            asked.add("word" + i);
        }
        long kept = asked.stream().filter(part -> cache.find(part) != null).count();

        assertThat(cache.find("word299999")).containsExactly(299_999);
        assertThat(cache.find("word1")).isNull();
        assertThat(kept).isBetween(1L << 16, 1L << 18);
        String longText = IntStream.range(0, 100).mapToObj(Integer::toString).reduce("", String::concat);
        cache.add(longText, new int[] {1});
        assertThat(cache.find(longText)).isNull();
    }
}
