package dev.stepwell.app.demo;

/// How a model did on puzzles it never trained on.
///
/// @param puzzles asked, at least 1
/// @param exact   answered exactly right
/// @param loss    mean cross-entropy over the tokens of the right answers, in nats
public record HeldOutScore(int puzzles, int exact, double loss) {
    /// @throws IllegalArgumentException if the counts contradict each other
    public HeldOutScore {
        if (puzzles < 1 || exact < 0 || exact > puzzles) {
            throw new IllegalArgumentException("%d of %d puzzles".formatted(exact, puzzles));
        }
    }
}
