package dev.stepwell.data.tokens.bpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.data.SharedData;
import dev.stepwell.data.tokens.DefaultTokenizer;
import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.data.tokens.SpecialTokens;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BpeTrainerTest {
    @Test
    void theMostFrequentPairIsMergedFirstAndOfEqualsTheLowest() {
        WordCounts words = new WordCounts();
        words.add("abab cd cd cd abab");
        BpeVocabulary learnt = new BpeTrainer(259, List.of()).train(words);
        assertThat(learnt.merges())
                .containsExactly(
                        new BpeVocabulary.Merge("a", "b"),
                        new BpeVocabulary.Merge("Ġ", "c"),
                        new BpeVocabulary.Merge("Ġc", "d"));
        assertThat(learnt.tokens().subList(256, 259)).containsExactly("ab", "Ġc", "Ġcd");
    }

    @Test
    void trainingStopsWhereNothingOccursTwice() {
        WordCounts words = new WordCounts();
        words.add("once");
        assertThat(new BpeTrainer(1_000, List.of("<x>")).train(words).tokens()).hasSize(257);
    }

    @Test
    void twoWaysToATokenShareItsId() {
        WordCounts words = new WordCounts();
        for (String text : List.of("ab", "abc", "bc", "abc bc", "xbc", "bca", "abc", "abcab")) {
            words.add(text);
        }
        BpeVocabulary learnt = new BpeTrainer(400, List.of()).train(words);
        assertThat(learnt.tokens()).doesNotHaveDuplicates();
    }

    @Test
    void withoutRoomForTheBytesThereIsNoVocabulary() {
        assertThatThrownBy(() -> new BpeTrainer(259, SpecialTokens.ALL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("259 ids for 4 special tokens and 256 bytes");
    }

    @Test
    void theShippedTokenizerIsWhatTheDocumentedFilesGive(@TempDir Path directory) throws IOException {
        String[] arguments = Stream.concat(Stream.of(directory), SharedData.jsonl("t0-22").stream())
                .map(Path::toString)
                .toArray(String[]::new);
        BuildDefaultTokenizer.main(arguments);
        Path shipped = DefaultTokenizer.install(directory.resolve("shipped"));
        assertThat(directory.resolve("tokenizer.json")).hasSameTextualContentAs(shipped);
        assertThat(directory.resolve("tokenizer_config.json"))
                .hasSameTextualContentAs(shipped.resolveSibling("tokenizer_config.json"));
    }

    @Test
    void everySyllableOfTheDemoIsOneTokenWhereverItStands(@TempDir Path directory) throws IOException {
        Path file = DefaultTokenizer.install(directory);
        try (HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(file)) {
            for (String syllable : SyllablePuzzles.syllables()) {
                int[] ids = tokenizer.encode(syllable);
                assertThat(ids).as(syllable).hasSize(1);
                assertThat(tokenizer.encode("|" + syllable + "|"))
                        .as(syllable)
                        .hasSize(3)
                        .contains(ids[0]);
                assertThat(tokenizer.encode("-" + syllable + "-"))
                        .as(syllable)
                        .hasSize(3)
                        .contains(ids[0]);
                assertThat(tokenizer.encode("\n" + syllable + "\n"))
                        .as(syllable)
                        .hasSize(3)
                        .contains(ids[0]);
                assertThat(tokenizer.encode(" " + syllable)).as(syllable).hasSize(1);
            }
        }
    }
}
