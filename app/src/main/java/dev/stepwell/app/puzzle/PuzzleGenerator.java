package dev.stepwell.app.puzzle;

import java.util.HashSet;
import java.util.Set;

/// Draws puzzles, no two alike, from one half of the world or the other: those to train on and those held out.
///
/// **What is held out is answers, not only puzzles.** All possible answers (510,000) are split once and for all by a
/// hash, one in sixteen to the held-out half. A held-out puzzle therefore asks for a word that no training puzzle of
/// any seed has as its answer, and is itself in no training file. Its tiles, one by one, do occur in training, and so
/// do parts of its answer: what is tested is whether the rule was learnt, on words never said before.
///
/// The same seed gives the same puzzles, on every machine. Not safe for use by several threads.
public final class PuzzleGenerator {
    /// Tiles in a puzzle of the demo.
    public static final int DEFAULT_TILES = 5;

    private static final int HELD_OUT_ONE_IN = 16;

    private final PuzzleSpace space;
    private final boolean heldOut;
    private final SplitMix64 random;
    private final Set<Long> drawn = new HashSet<>();

    private PuzzleGenerator(long seed, int tiles, boolean heldOut) {
        this.space = new PuzzleSpace(tiles);
        this.heldOut = heldOut;
        // Mixed, so that the two halves of one seed do not follow the same sequence.
        this.random = new SplitMix64(SplitMix64.mix(seed * 2 + (heldOut ? 1 : 0)));
    }

    /// Puzzles to train on.
    ///
    /// @param tiles in each, 3 to 8
    /// @throws IllegalArgumentException if `tiles` is out of range
    public static PuzzleGenerator training(long seed, int tiles) {
        return new PuzzleGenerator(seed, tiles, false);
    }

    /// Puzzles that no training puzzle of any seed shares its answer with.
    ///
    /// @param tiles in each, 3 to 8
    /// @throws IllegalArgumentException if `tiles` is out of range
    public static PuzzleGenerator heldOut(long seed, int tiles) {
        return new PuzzleGenerator(seed, tiles, true);
    }

    /// The next puzzle, unlike all before it from this generator.
    public Puzzle next() {
        while (true) {
            long number = random.below(space.size());
            Puzzle puzzle = space.puzzle(number);
            if (isHeldOut(puzzle.solution()) == heldOut && drawn.add(number)) {
                return puzzle;
            }
        }
    }

    static boolean isHeldOut(String solution) {
        // String.hashCode is specified; mixed, because by itself it depends on the last letters too evenly.
        return Long.remainderUnsigned(SplitMix64.mix(solution.hashCode()), HELD_OUT_ONE_IN) == 0;
    }
}
