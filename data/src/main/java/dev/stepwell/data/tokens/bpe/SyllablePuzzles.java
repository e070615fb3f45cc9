package dev.stepwell.data.tokens.bpe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/// Texts of the demo's form: syllables on tiles, a clue of first letters, and the word. Counted with the other texts,
/// they make every syllable one token wherever it stands between punctuation.
final class SyllablePuzzles {
    private static final String CONSONANTS = "bdfghjklmnprstvwz";
    private static final String VOWELS = "aeiou";
    private static final int TILES = 5;
    private static final int WORD = 3;

    private final Random random;

    SyllablePuzzles(long seed) {
        random = new Random(seed);
    }

    /// All syllables.
    static List<String> syllables() {
        return CONSONANTS
                .chars()
                .boxed()
                .flatMap(consonant ->
                        VOWELS.chars().mapToObj(vowel -> Character.toString(consonant) + Character.toString(vowel)))
                .toList();
    }

    /// A conversation: what is between the control tokens.
    List<String> next() {
        List<String> tiles = new ArrayList<>(syllables());
        Collections.shuffle(tiles, random);
        tiles = tiles.subList(0, TILES);
        List<String> word = tiles.subList(0, WORD);
        String answer = String.join("-", word);
        String clue = word.stream().map(syllable -> syllable.substring(0, 1)).collect(Collectors.joining("-"));
        List<String> shuffled = new ArrayList<>(tiles);
        Collections.shuffle(shuffled, random);
        String question = "Tiles: %s\nClue: %s".formatted(String.join("|", shuffled), clue);
        return List.of("user\n", question, "\n", "assistant\n", answer);
    }
}
