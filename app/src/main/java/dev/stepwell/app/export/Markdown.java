package dev.stepwell.app.export;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.training.Preview;

/// Texts for TensorBoard, which shows Markdown. What comes from data or from the model stands in fences that it cannot
/// close, so that it is shown letter by letter and neither links nor loads anything.
final class Markdown {
    /// Characters kept of a text.
    static final int MAX_LENGTH = 4_000;

    private static final int SHORTEST_FENCE = 3;

    private Markdown() {}

    /// A question, the answer of the data and the model's.
    static String of(Preview preview) {
        StringBuilder markdown = new StringBuilder();
        if (preview.systemPrompt() != null) {
            markdown.append(section("System", preview.systemPrompt()));
        }
        return markdown.append(section("Prompt", preview.prompt()))
                .append(section("Golden answer", preview.goldenAnswer()))
                .append(section(
                        preview.matches() ? "Model's answer: right" : "Model's answer: not that",
                        preview.modelAnswer()))
                .toString();
    }

    /// The name of a file and some words about it.
    ///
    /// @param words of this program
    static String file(String name, String words) {
        return fenced(name) + "\n" + words + "\n";
    }

    private static String section(String title, String text) {
        return "**%s**\n\n%s\n".formatted(title, fenced(text));
    }

    /// Control characters are made visible first: the renderer drops some of them, which could join what is apart here.
    private static String fenced(String text) {
        String shown = Printable.text(cut(text));
        String fence = "`".repeat(Math.max(SHORTEST_FENCE, longestRun(shown) + 1));
        return "%s\n%s\n%s\n".formatted(fence, shown, fence);
    }

    private static String cut(String text) {
        return text.length() <= MAX_LENGTH
                ? text
                : text.substring(0, MAX_LENGTH) + "… [cut, %d characters in all]".formatted(text.length());
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
