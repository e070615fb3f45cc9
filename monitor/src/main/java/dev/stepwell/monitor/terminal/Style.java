package dev.stepwell.monitor.terminal;

/// What the terminal can show.
///
/// @param color   whether escape codes for colour and weight may be used
/// @param unicode whether it shows more than ASCII
public record Style(boolean color, boolean unicode) {
    /// The bars of the original, and no escape codes: for pipes and files that are read as UTF-8.
    public static final Style PLAIN = new Style(false, true);

    /// How a piece of text stands out.
    enum Tone {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        GOOD("32"),
        WARNING("33"),
        BAD("31"),
        ACCENT("36");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    String paint(String text, Tone tone) {
        return !color || tone == Tone.PLAIN || text.isEmpty() ? text : "\u001B[" + tone.code + "m" + text + "\u001B[0m";
    }

    /// `text` as it can be shown, in as many cells.
    String shown(String text) {
        return unicode ? text : Cells.ascii(text);
    }

    String filled() {
        return unicode ? "━" : "#";
    }

    String empty() {
        return unicode ? "░" : ".";
    }

    String ellipsis() {
        return unicode ? "…" : "...";
    }

    String separator() {
        return unicode ? " · " : " | ";
    }

    String to() {
        return unicode ? "–" : "-";
    }

    String celsius() {
        return unicode ? " °C" : " C";
    }

    String right() {
        return unicode ? "✓" : "+";
    }

    String wrong() {
        return unicode ? "✗" : "x";
    }
}
