package dev.stepwell.app.puzzle;

/// A puzzle as a row of a training file, in the `messages` shape.
final class PuzzleRow {
    private PuzzleRow() {}

    /// One line of JSON. Only the line break of the question needs escaping: the rest is letters and `:|-`.
    static String json(Puzzle puzzle) {
        return """
                {"messages":[{"role":"user","content":"%s"},{"role":"assistant","content":"%s"}]}""".formatted(puzzle.question().replace("\n", "\\n"), puzzle.solution());
    }
}
