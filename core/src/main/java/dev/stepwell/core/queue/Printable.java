package dev.stepwell.core.queue;

/// Names as they may be shown in a log: a file can be named so that it would otherwise forge a line of its own.
final class Printable {
    private Printable() {}

    /// `name` with control characters written as `\\uXXXX`.
    static String of(String name) {
        StringBuilder shown = new StringBuilder(name.length());
        name.chars().forEach(c -> {
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                shown.append("\\u%04x".formatted(c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }
}
