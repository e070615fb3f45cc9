package dev.stepwell.monitor.terminal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Rows of a screen in their order, of which the least important are left out where it is too small.
final class ScreenRows {
    /// Rows that stand or fall together.
    ///
    /// @param forms of which the first that fits is taken
    private record Block(Rank rank, List<List<Line>> forms) {}

    private final List<Block> blocks = new ArrayList<>();

    void add(Rank rank, Line line) {
        add(rank, List.of(List.of(line)));
    }

    /// @param forms of the same thing, the largest first
    void add(Rank rank, List<List<Line>> forms) {
        blocks.add(new Block(rank, List.copyOf(forms)));
    }

    /// An empty row. Two of them are one, and none comes first.
    void gap() {
        if (!blocks.isEmpty() && blocks.getLast().rank() != Rank.GAP) {
            add(Rank.GAP, Line.empty());
        }
    }

    /// Exactly `height` lines, the last of them those of `foot`.
    List<String> render(List<Line> foot, int width, int height, Style style) {
        // The head outlives the foot, and the keys what was said.
        int below = Math.clamp(height - 1L, 0, foot.size());
        List<String> lines = new ArrayList<>();
        chosen(height - below).forEach(line -> lines.add(line.render(width, style)));
        while (lines.size() < height - below) {
            lines.add("");
        }
        foot.subList(foot.size() - below, foot.size()).forEach(line -> lines.add(line.render(width, style)));
        return lines;
    }

    private List<Line> chosen(int room) {
        List<List<Line>> kept = new ArrayList<>();
        blocks.forEach(_ -> kept.add(List.of()));
        List<Integer> byRank = IntStream.range(0, blocks.size())
                .boxed()
                .sorted(Comparator.comparing(i -> blocks.get(i).rank()))
                .toList();
        int left = room;
        for (int i : byRank) {
            int most = left;
            Optional<List<Line>> form = blocks.get(i).forms().stream()
                    .filter(lines -> lines.size() <= most)
                    .findFirst();
            if (form.isPresent()) {
                kept.set(i, form.get());
                left -= form.get().size();
            }
        }
        return kept.stream().flatMap(List::stream).toList();
    }
}
