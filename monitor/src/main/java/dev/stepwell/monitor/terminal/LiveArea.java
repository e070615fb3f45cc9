package dev.stepwell.monitor.terminal;

import java.util.List;

/// The lines at the bottom of the terminal that are drawn over again and again, and the codes that do it. The cursor
/// rests at the end of the last line, so that whatever else is printed goes below and not into the picture.
final class LiveArea {
    private static final String CSI = "\u001B[";
    private static final String ERASE_TO_END_OF_LINE = CSI + "K";
    private static final String ERASE_BELOW = CSI + "J";
    static final String HIDE_CURSOR = CSI + "?25l";
    static final String SHOW_CURSOR = CSI + "?25h";

    private List<Integer> drawn = List.of();

    /// What to write to show `picture` in place of the last one.
    ///
    /// @param plain   the same lines without escape codes, to know their widths
    /// @param columns of the terminal now, which may have changed since the last picture
    String redraw(List<String> picture, List<String> plain, int columns) {
        StringBuilder codes = new StringBuilder(toTop(columns));
        for (int i = 0; i < picture.size(); i++) {
            codes.append(i == 0 ? "" : "\r\n").append(picture.get(i)).append(ERASE_TO_END_OF_LINE);
        }
        drawn = plain.stream().map(Cells::width).toList();
        return codes.append(ERASE_BELOW).toString();
    }

    /// What to write to have `text` stand above the area; the area itself is gone until it is drawn again.
    String printAbove(String text, int columns) {
        String codes =
                toTop(columns) + ERASE_BELOW + text.lines().map(Cells::neutral).reduce("", (a, b) -> a + b + "\r\n");
        drawn = List.of();
        return codes;
    }

    /// What to write to leave the last picture where it is and go on below it.
    String leave() {
        boolean something = !drawn.isEmpty();
        drawn = List.of();
        return something ? "\r\n" : "";
    }

    /// A narrower terminal has broken the lines of the last picture into several.
    private String toTop(int columns) {
        int rows = drawn.stream()
                .mapToInt(width -> Math.max(1, Math.ceilDiv(width, columns)))
                .sum();
        return rows > 1 ? "\r" + CSI + (rows - 1) + "A" : "\r";
    }
}
