package dev.stepwell.app.puzzle;

import java.util.ArrayList;
import java.util.List;

/// Every puzzle of one size, numbered from 0. A number is read digit by digit in a mixed base: which consonants remain
/// to choose from, which vowel, which of the tiles not yet used. So numbers drawn evenly give puzzles drawn evenly, two
/// numbers give two puzzles, and what was drawn already is remembered in eight bytes.
final class PuzzleSpace {
    static final String CONSONANTS = "bdfghjklmnprstvwz";
    static final String VOWELS = "aeiou";
    static final int ANSWER_TILES = 3;
    static final int MIN_TILES = ANSWER_TILES;
    /// Above 8 tiles the numbers would no longer fit 63 bits.
    static final int MAX_TILES = 8;

    private final int tiles;
    private final long size;

    /// @param tiles in one puzzle, 3 to 8
    PuzzleSpace(int tiles) {
        if (tiles < MIN_TILES || tiles > MAX_TILES) {
            throw new IllegalArgumentException("%d tiles: from %d to %d".formatted(tiles, MIN_TILES, MAX_TILES));
        }
        this.tiles = tiles;
        long count = 1;
        for (int i = 0; i < tiles; i++) {
            count = Math.multiplyExact(count, (long) (CONSONANTS.length() - i) * VOWELS.length());
        }
        for (int i = 0; i < ANSWER_TILES; i++) {
            count = Math.multiplyExact(count, (long) (tiles - i));
        }
        size = count;
    }

    /// How many puzzles there are: 139,230,000,000 of five tiles.
    long size() {
        return size;
    }

    /// @param number from 0, below [#size]
    Puzzle puzzle(long number) {
        long digits = number;
        List<Character> consonants = characters(CONSONANTS);
        List<String> chosen = new ArrayList<>(tiles);
        for (int i = 0; i < tiles; i++) {
            char consonant = consonants.remove((int) (digits % consonants.size()));
            digits /= consonants.size() + 1;
            chosen.add("" + consonant + VOWELS.charAt((int) (digits % VOWELS.length())));
            digits /= VOWELS.length();
        }
        List<String> unused = new ArrayList<>(chosen);
        List<String> answer = new ArrayList<>(ANSWER_TILES);
        for (int i = 0; i < ANSWER_TILES; i++) {
            answer.add(unused.remove((int) (digits % unused.size())));
            digits /= unused.size() + 1;
        }
        return new Puzzle(chosen, answer);
    }

    private static List<Character> characters(String text) {
        return new ArrayList<>(text.chars().mapToObj(c -> (char) c).toList());
    }
}
