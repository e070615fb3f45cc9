package dev.stepwell.data.rows;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Which shape most of a file's first rows have; of two that equally many have, the one that came first.
final class ShapeVote {
    private final Map<Shape, Tally> tallies = new EnumMap<>(Shape.class);
    private int rows;

    private record Tally(int position, RowSource.Found.Usable first, int rows) {
        boolean beats(Tally other) {
            return rows != other.rows ? rows > other.rows : position < other.position;
        }
    }

    void count(RowSource.Found.Usable row) {
        tallies.merge(
                row.shape(),
                new Tally(rows, row, 1),
                (before, _) -> new Tally(before.position, before.first, before.rows + 1));
        rows++;
    }

    /// Rows counted.
    int rows() {
        return rows;
    }

    /// The first row of the shape that most have; empty if none was counted.
    Optional<RowSource.Found.Usable> winner() {
        return tallies.values().stream().reduce((a, b) -> b.beats(a) ? b : a).map(Tally::first);
    }
}
