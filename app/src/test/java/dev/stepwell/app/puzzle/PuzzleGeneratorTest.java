package dev.stepwell.app.puzzle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PuzzleGeneratorTest {
    @Test
    void a_puzzle_reads_as_documented() {
        Puzzle puzzle = new Puzzle(List.of("ro", "ke", "mi", "ta", "zu"), List.of("ta", "ro", "mi"));
        assertThat(puzzle.question()).isEqualTo("Tiles: ro|ke|mi|ta|zu\nClue: t-r-m");
        assertThat(puzzle.solution()).isEqualTo("ta-ro-mi");
        assertThat(PuzzleRow.json(puzzle)).isEqualTo("""
                {"messages":[{"role":"user","content":"Tiles: ro|ke|mi|ta|zu\\nClue: t-r-m"},\
                {"role":"assistant","content":"ta-ro-mi"}]}""");
    }

    @Test
    void one_seed_gives_one_sequence_for_ever() {
        assertThat(draw(PuzzleGenerator.training(42, 5), 100)).isEqualTo(draw(PuzzleGenerator.training(42, 5), 100));
        assertThat(draw(PuzzleGenerator.training(42, 5), 100)).isNotEqualTo(draw(PuzzleGenerator.training(43, 5), 100));
        // Written down, so that no change of JDK or code changes the demo unnoticed.
        assertThat(PuzzleGenerator.training(42, 5).next().question()).isEqualTo("Tiles: vu|si|ni|hi|le\nClue: s-n-v");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 8})
    void the_clue_has_exactly_one_answer(int tiles) {
        for (Puzzle puzzle : draw(PuzzleGenerator.training(1, tiles), 2_000)) {
            assertThat(puzzle.tiles()).hasSize(tiles).allMatch(tile -> tile.matches("[bdfghjklmnprstvwz][aeiou]"));
            assertThat(puzzle.tiles().stream().map(tile -> tile.charAt(0)).distinct())
                    .hasSize(tiles);
            assertThat(puzzle.answer()).hasSize(3).doesNotHaveDuplicates().isSubsetOf(puzzle.tiles());
            assertThat(solved(puzzle.question())).isEqualTo(puzzle.solution());
        }
    }

    @Test
    void numbers_and_puzzles_are_one_to_one() {
        PuzzleSpace space = new PuzzleSpace(3);
        // 17·5 · 16·5 · 15·5 tiles, times 3! orders.
        assertThat(space.size()).isEqualTo(3_060_000);
        Set<String> seen = new HashSet<>();
        long numbers = 0;
        for (long number = 0; number < space.size(); number += 29) {
            seen.add(space.puzzle(number).question());
            numbers++;
        }
        assertThat(seen.size()).isEqualTo((int) numbers);
        assertThat(new PuzzleSpace(5).size()).isEqualTo(139_230_000_000L);
    }

    @Test
    void no_puzzle_comes_twice() {
        List<Puzzle> puzzles = draw(PuzzleGenerator.training(7, 3), 100_000);
        assertThat(new HashSet<>(puzzles).size()).isEqualTo(100_000);
    }

    /// Counts of 100,000 puzzles against what evenness expects, at five standard deviations.
    @Test
    void tiles_places_and_clues_are_drawn_evenly() {
        List<Puzzle> puzzles = draw(PuzzleGenerator.training(11, 5), 100_000);
        Map<String, Integer> tiles = new HashMap<>();
        Map<Integer, Integer> places = new HashMap<>();
        Map<String, Integer> initials = new HashMap<>();
        for (Puzzle puzzle : puzzles) {
            puzzle.tiles().forEach(tile -> tiles.merge(tile, 1, Integer::sum));
            places.merge(puzzle.tiles().indexOf(puzzle.answer().getFirst()), 1, Integer::sum);
            initials.merge(puzzle.answer().getLast().substring(0, 1), 1, Integer::sum);
        }
        assertEven(tiles, 17 * 5, 500_000);
        assertEven(places, 5, 100_000);
        assertEven(initials, 17, 100_000);
    }

    @Test
    void one_answer_in_sixteen_is_held_out() {
        long held = allAnswers().stream().filter(PuzzleGenerator::isHeldOut).count();
        assertThat(held / 510_000.0).isBetween(1 / 17.0, 1 / 15.0);
    }

    @Test
    void a_held_out_answer_is_the_answer_of_no_training_puzzle_of_any_seed() {
        Set<String> held = draw(PuzzleGenerator.heldOut(42, 5), 1_000).stream()
                .map(Puzzle::solution)
                .collect(Collectors.toSet());
        for (long seed : new long[] {0, 42, -1}) {
            assertThat(draw(PuzzleGenerator.training(seed, 5), 20_000).stream()
                            .anyMatch(puzzle -> held.contains(puzzle.solution())))
                    .isFalse();
        }
    }

    @Test
    void the_number_of_tiles_is_limited() {
        assertThatIllegalArgumentException().isThrownBy(() -> PuzzleGenerator.training(1, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> PuzzleGenerator.training(1, 9));
    }

    private static List<Puzzle> draw(PuzzleGenerator generator, int count) {
        return IntStream.range(0, count).mapToObj(_ -> generator.next()).toList();
    }

    /// Solves a puzzle from its text alone, as a person would, and fails if a letter of the clue fits two tiles.
    private static String solved(String question) {
        String[] lines = question.split("\n", -1);
        List<String> tiles = List.of(lines[0].substring("Tiles: ".length()).split("\\|", -1));
        return List.of(lines[1].substring("Clue: ".length()).split("-", -1)).stream()
                .map(letter -> {
                    List<String> fitting = tiles.stream()
                            .filter(tile -> tile.startsWith(letter))
                            .toList();
                    assertThat(fitting).hasSize(1);
                    return fitting.getFirst();
                })
                .collect(Collectors.joining("-"));
    }

    private static <K> void assertEven(Map<K, Integer> counts, int kinds, int total) {
        double expected = (double) total / kinds;
        assertThat(counts).hasSize(kinds);
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(Math.abs(count - expected)).isLessThan(5 * Math.sqrt(expected)));
    }

    private static List<String> allAnswers() {
        List<String> tiles = PuzzleSpace.CONSONANTS
                .chars()
                .boxed()
                .flatMap(c -> PuzzleSpace.VOWELS.chars().mapToObj(v -> "" + (char) (int) c + (char) v))
                .toList();
        List<String> answers = new ArrayList<>(510_000);
        for (String a : tiles) {
            for (String b : tiles) {
                for (String c : tiles) {
                    if (a.charAt(0) != b.charAt(0) && a.charAt(0) != c.charAt(0) && b.charAt(0) != c.charAt(0)) {
                        answers.add(a + "-" + b + "-" + c);
                    }
                }
            }
        }
        assertThat(answers.size()).isEqualTo(510_000);
        return answers;
    }
}
