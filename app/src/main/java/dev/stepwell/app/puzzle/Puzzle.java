package dev.stepwell.app.puzzle;

import java.util.List;
import java.util.stream.Collectors;

/// Tiles, of which some make a word, and a clue: the initials of those tiles, in order. No two tiles begin with the
/// same letter, so that the clue has exactly one answer; the tiles it does not name are there to mislead.
///
/// ```
///  Tiles: ro|ke|mi|ta|zu
///  Clue: t-r-m             →  ta-ro-mi
/// ```
///
/// @param tiles  all tiles, in the order shown
/// @param answer those of them that make the word, in its order
public record Puzzle(List<String> tiles, List<String> answer) {
    public Puzzle {
        tiles = List.copyOf(tiles);
        answer = List.copyOf(answer);
    }

    /// What the user asks.
    public String question() {
        String clue = answer.stream().map(tile -> tile.substring(0, 1)).collect(Collectors.joining("-"));
        return "Tiles: %s\nClue: %s".formatted(String.join("|", tiles), clue);
    }

    /// What the assistant should say.
    public String solution() {
        return String.join("-", answer);
    }
}
