package dev.stepwell.app.report;

import dev.stepwell.core.history.PastPreview;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// Some previews, each with what its answer has too much and too little: the last of each of the newest files, and
/// where these are few, the newest before them.
final class PreviewList {
    private static final int SHOWN = 12;

    private final List<PastPreview> shown;
    private final int all;
    private final Figures figures;

    PreviewList(List<PastPreview> previews, Figures figures) {
        List<PastPreview> kept =
                previews.stream().filter(preview -> preview.answers() != null).toList();
        this.shown = chosen(kept);
        this.all = kept.size();
        this.figures = figures;
    }

    private static List<PastPreview> chosen(List<PastPreview> previews) {
        Map<String, PastPreview> lastOfFile = new LinkedHashMap<>();
        previews.reversed().forEach(preview -> lastOfFile.putIfAbsent(String.valueOf(preview.file()), preview));
        List<PastPreview> chosen = Stream.concat(lastOfFile.values().stream(), previews.reversed().stream())
                .distinct()
                .limit(SHOWN)
                .toList();
        return previews.reversed().stream().filter(chosen::contains).toList();
    }

    boolean empty() {
        return shown.isEmpty();
    }

    void write(Html html) {
        html.element(
                "p",
                "%,d of %,d, newest first. Underlined: words of the right answer that the model's lacks. On a ground and struck through: words of the model's that do not belong there."
                        .formatted(shown.size(), all),
                "class",
                "note");
        for (PastPreview preview : shown) {
            PastPreview.Answers answers = Objects.requireNonNull(preview.answers());
            html.element("article", article -> write(article, preview, answers), "class", "preview");
        }
    }

    private void write(Html article, PastPreview preview, PastPreview.Answers answers) {
        article.element(
                "h3",
                heading -> heading.text("Step %,d".formatted(preview.globalStep()))
                        .element(
                                "small",
                                (preview.file() == null ? "" : preview.file() + ", ") + figures.time(preview.at()))
                        .element(
                                "span",
                                answers.matches() ? "✓ right" : "✗ differs",
                                "class",
                                answers.matches() ? "verdict right" : "verdict differs"));
        Differences differences = Differences.of(answers.golden(), answers.answer());
        article.element("dl", list -> {
            if (answers.systemPrompt() != null) {
                list.element("dt", "System").element("dd", answers.systemPrompt());
            }
            list.element("dt", "Prompt").element("dd", answers.prompt());
            list.element("dt", "Right answer").element("dd", dd -> words(dd, differences.golden(), "missing"));
            list.element("dt", "Model's answer").element("dd", dd -> words(dd, differences.answer(), "other"));
        });
    }

    private static void words(Html html, Differences.Words words, String kind) {
        StringBuilder run = new StringBuilder();
        boolean marked = false;
        for (int i = 0; i < words.words().size(); i++) {
            String word = words.words().get(i);
            boolean other = words.others().get(i) && (!word.isBlank() || marked);
            if (other != marked) {
                flush(html, run, marked, kind);
                marked = other;
            }
            run.append(word);
        }
        flush(html, run, marked, kind);
        if (words.words().isEmpty()) {
            html.element("em", "nothing");
        }
    }

    private static void flush(Html html, StringBuilder run, boolean marked, String kind) {
        if (run.isEmpty()) {
            return;
        }
        if (marked) {
            html.element("mark", run.toString(), "class", kind);
        } else {
            html.text(run.toString());
        }
        run.setLength(0);
    }
}
