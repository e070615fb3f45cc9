package dev.stepwell.monitor.terminal;

import dev.stepwell.monitor.terminal.Style.Tone;
import java.util.ArrayList;
import java.util.List;

/// One line of the live display, put together from pieces and cut to the terminal's width before it is painted, so
/// that no escape code is ever cut.
final class Line {
    /// Cells of a [#label], where what it names begins.
    static final int LABELLED = 9;

    private static final String INDENT = " ";

    private record Piece(String text, Tone tone) {}

    private final List<Piece> pieces = new ArrayList<>();

    static Line empty() {
        return new Line();
    }

    static Line of(String text) {
        return new Line().add(text);
    }

    /// A row of the full screen that begins with a name.
    static Line label(String name) {
        return label(name, Tone.DIM);
    }

    static Line label(String name, Tone tone) {
        int cells = LABELLED - INDENT.length();
        return of(INDENT).add((name + " ".repeat(cells)).substring(0, cells), tone);
    }

    Line add(String text) {
        return add(text, Tone.PLAIN);
    }

    Line add(String text, Tone tone) {
        pieces.add(new Piece(text, tone));
        return this;
    }

    /// Cells it takes uncut.
    int width() {
        return pieces.stream().mapToInt(piece -> Cells.width(piece.text())).sum();
    }

    /// The line in at most `cells`.
    String render(int cells, Style style) {
        StringBuilder line = new StringBuilder();
        int left = cells;
        for (Piece piece : pieces) {
            String text = style.shown(piece.text());
            int width = Cells.width(text);
            if (width <= left) {
                line.append(style.paint(text, piece.tone()));
                left -= width;
            } else {
                line.append(style.paint(Cells.fit(text, left, style.ellipsis()), piece.tone()));
                break;
            }
        }
        return line.toString();
    }
}
