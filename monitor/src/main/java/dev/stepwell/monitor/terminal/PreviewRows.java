package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusDocument.RecentExample;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest preview on the full screen.
record PreviewRows(StatusDocument document, int width, Style style) {
    /// Rows of a screen that has some to spare.
    private static final int ROOMY = 30;

    void addTo(ScreenRows rows, int height) {
        StatusDocument.Answers answers = document.answers();
        String prompt = answers.currentPrompt();
        String golden = answers.goldenAnswer();
        String answer = answers.modelAnswer();
        Boolean matches = answers.answerMatches();
        if (prompt == null || golden == null || answer == null || matches == null) {
            return;
        }
        int priority = height < 16 ? 70 : 40;
        rows.add(priority, WatchFrame.label("Prompt", Tone.DIM).add(oneLine(prompt)));
        rows.add(priority, WatchFrame.label("Golden", Tone.DIM).add(oneLine(golden)));
        rows.add(
                priority,
                WatchFrame.label("Answer", Tone.DIM)
                        .add((matches ? style.right() : style.wrong()) + " ", matches ? Tone.GOOD : Tone.BAD)
                        .add(oneLine(answer)));
        Double accuracy = answers.accuracyPercent();
        Long total = answers.totalEvals();
        if (accuracy != null && total != null) {
            rows.add(
                    priority + 1,
                    WatchFrame.label("Right", Tone.DIM)
                            .add("%d%% of %s answers".formatted((int) Math.floor(accuracy), Words.whole(total))));
        }
        rows.gap();
        if (height >= ROOMY) {
            before(rows);
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
            boolean right = Boolean.TRUE.equals(example.answerMatches());
            rows.add(
                    80,
                    WatchFrame.label(label, Tone.DIM)
                            .add((right ? style.right() : style.wrong()) + " ", right ? Tone.GOOD : Tone.BAD)
                            .add(part(example.prompt()))
                            .add(style.separator() + part(example.goldenAnswer()) + style.separator(), Tone.DIM)
                            .add(part(example.modelAnswer())));
            label = "";
        }
    }

    private String part(@Nullable String text) {
        int room = Math.max(8, (width - 16) / 3);
        return text == null ? "" : Cells.fit(oneLine(text), room, style.ellipsis());
    }

    private String oneLine(String text) {
        // What does not fit is cut by the line; this only keeps the work small.
        String start = text.length() <= 4 * width ? text : text.substring(0, 4 * width);
        return Cells.neutral(start).strip().replaceAll(" {2,}", " ");
    }
}
