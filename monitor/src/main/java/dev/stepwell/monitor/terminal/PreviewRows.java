package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.RecentExample;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The newest preview on the full screen, and those before it where there is room.
record PreviewRows(StatusDocument document, int width, Style style) {
    /// Rows of a screen that has some to spare.
    private static final int ROOMY = 30;
    /// Lines of a text at most.
    private static final int LONGEST = 4;

    private static final String NOTHING = "(nothing)";

    void addTo(ScreenRows rows, int height) {
        StatusDocument.Answers answers = document.answers();
        String prompt = answers.currentPrompt();
        String golden = answers.goldenAnswer();
        String answer = answers.modelAnswer();
        Boolean matches = answers.answerMatches();
        if (prompt == null || golden == null || answer == null || matches == null) {
            return;
        }
        int most = Math.clamp((height - 24) / 6 + 1, 1, LONGEST);
        List<List<Line>> forms = new ArrayList<>(IntStream.iterate(most, lines -> lines > 0, lines -> lines - 1)
                .mapToObj(lines -> newest(prompt, golden, answer, matches, lines))
                .toList());
        forms.add(List.of(brief(golden, answer, matches)));
        rows.add(Rank.PREVIEW, forms);
        Double accuracy = answers.accuracyPercent();
        Long total = answers.totalEvals();
        if (accuracy != null && total != null) {
            rows.add(
                    Rank.RIGHT,
                    Line.label("Right")
                            .add("%d%% of %s answers".formatted((int) Math.floor(accuracy), Words.whole(total))));
        }
        rows.gap();
        if (height >= ROOMY) {
            before(rows);
        }
    }

    private List<Line> newest(String prompt, String golden, String answer, boolean matches, int lines) {
        List<Line> shown = new ArrayList<>();
        addText(shown, Line.label("Prompt"), prompt, lines);
        addText(shown, Line.label("Golden"), golden, lines);
        addText(shown, verdict(Line.label("Answer"), matches), answer, lines);
        return shown;
    }

    /// Where there is room for one line only.
    private Line brief(String golden, String answer, boolean matches) {
        Line line = verdict(Line.label("Answer"), matches).add(part(answer, 2));
        return matches
                ? line
                : line.add(style.separator() + "golden ", Tone.DIM).add(part(golden, 2));
    }

    private Line verdict(Line line, boolean right) {
        return line.add((right ? style.right() : style.wrong()) + " ", right ? Tone.GOOD : Tone.BAD);
    }

    private void addText(List<Line> shown, Line begun, String text, int lines) {
        int indent = begun.width();
        Line line = begun;
        for (String part : Cells.wrap(oneLine(text, lines), width - indent, lines, style.ellipsis())) {
            shown.add(line.add(part));
            line = Line.of(" ".repeat(indent));
        }
    }

    /// The previews before, the newest first.
    private void before(ScreenRows rows) {
        List<RecentExample> examples = document.answers().recentExamples();
        if (examples == null || examples.size() < 2) {
            return;
        }
        String label = "Before";
        // The newest of them is the one above.
        for (RecentExample example : examples.reversed().subList(1, examples.size())) {
            rows.add(
                    Rank.BEFORE,
                    verdict(Line.label(label), Boolean.TRUE.equals(example.answerMatches()))
                            .add(part(example.prompt(), 3))
                            .add(style.separator() + part(example.goldenAnswer(), 3) + style.separator(), Tone.DIM)
                            .add(part(example.modelAnswer(), 3)));
            label = "";
        }
    }

    /// The beginning of a text that shares a row with others.
    private String part(@Nullable String text, int shares) {
        int room = Math.max(8, (width - 16) / shares);
        return text == null ? "" : Cells.fit(oneLine(text, 1), room, style.ellipsis());
    }

    private String oneLine(String text, int lines) {
        // What does not fit is cut later; this only keeps the work small.
        int most = 4 * width * lines;
        String start = text.length() <= most ? text : text.substring(0, most);
        String line = Cells.neutral(start).strip().replaceAll(" {2,}", " ");
        return line.isEmpty() ? NOTHING : line;
    }
}
