package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.monitor.terminal.Style.Tone;

/// The newest preview on the full screen.
record PreviewRows(StatusDocument document, int width, Style style) {
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
    }

    private String oneLine(String text) {
        // What does not fit is cut by the line; this only keeps the work small.
        String start = text.length() <= 4 * width ? text : text.substring(0, 4 * width);
        return Cells.neutral(start).strip().replaceAll(" {2,}", " ");
    }
}
