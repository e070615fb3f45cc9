package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchFrameTest {
    private static final Style PLAIN = new Style(false, true);
    private static final List<Double> LOSSES = List.of(3.0, 2.5, 2.0, 1.2, 0.4, 0.2);

    @Test
    void aUsualTerminalShowsEverything() {
        assertThat(render(training(), 80, 24, PLAIN))
                .hasSize(24)
                .startsWith(" Training" + " ".repeat(66) + "here")
                .anyMatch(line -> line.matches(" +━+░+ +75%  step 89/118"))
                .anyMatch(line -> line.matches(" Queue +━+░+ +27%  file 6/22"))
                .anyMatch(line -> line.matches(" Total +━+░+ +87%  step 208/237"))
                .contains(
                        " File    syllo_batch_autogen_06.jsonl",
                        "         done in 3s (2s–3s)",
                        "         16 files wait · done in 3m 20s (2m 50s–3m 50s)",
                        " Next    seven.jsonl, eight.jsonl",
                        " Loss    █▇▆▄▂▁",
                        " Prompt  Tiles: pan da",
                        " Golden  panda",
                        " Answer  ✓ panda",
                        " Right   55% of 9 answers")
                .endsWith(" p pause  r resume  s skip  x stop  q quit");
    }

    @Test
    void theThreeBarsAreOfOneLength() {
        assertThat(render(training(), 80, 24, PLAIN).stream()
                        .filter(line -> line.contains("░"))
                        .map(line -> line.replaceAll("[^━░]", "").length()))
                .hasSize(3)
                .containsOnly(52);
    }

    @ParameterizedTest
    @CsvSource({"80,24", "120,40", "40,12", "20,5", "12,2", "5,1", "1,1", "300,90"})
    void everyLineFitsAndThereAreAsManyAsRows(int width, int height) {
        for (Style style : List.of(PLAIN, new Style(false, false))) {
            for (StatusDocument document : List.of(training(), hostile(), wide())) {
                assertThat(render(document, width, height, style))
                        .hasSize(height)
                        .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(width));
            }
        }
    }

    @Test
    void aSmallWindowKeepsWhatMattersMost() {
        assertThat(String.join("\n", render(training(), 40, 7, PLAIN)))
                .contains("Training", "step 89/118", "file 6/22", "step 208/237", "q quit")
                .doesNotContain("Golden", "Next", "Loss");
    }

    @Test
    void aTallWindowDrawsTheLossHigher() {
        assertThat(render(training(), 120, 40, PLAIN))
                .filteredOn(line -> line.contains("█"))
                .hasSizeGreaterThan(3);
    }

    @Test
    void asciiIsEnough() {
        assertThat(String.join("", render(training(), 80, 24, new Style(true, false))))
                .matches(text -> text.chars().allMatch(c -> c < 128))
                .contains("####", "....", "@");
    }

    @Test
    void coloursAreCodesAroundTheSameText() {
        List<String> painted = render(training(), 80, 24, new Style(true, true));
        assertThat(painted).anyMatch(line -> line.contains("\u001B[32m"));
        assertThat(painted.stream().map(line -> line.replaceAll("\u001B\\[\\d+m", "")))
                .isEqualTo(render(training(), 80, 24, PLAIN));
    }

    @Test
    void textsFromDataHaveNoPowerOverTheTerminal() {
        assertThat(String.join("", render(hostile(), 80, 24, PLAIN)))
                .contains("[2J", "evil")
                .matches(text -> text.chars().noneMatch(c -> Character.isISOControl(c) || c == 0x202E));
    }

    @Test
    void alertsAreSeenInAVerySmallWindow() {
        StatusDocument full =
                Documents.with("active_alerts", List.of(Map.of("type", "disk_full", "message", "The disk is full.")));
        assertThat(render(full, 40, 8, PLAIN)).contains(" Alert   The disk is full.");
    }

    @Test
    void aLostConnectionIsSaidAboveWhatWasLastSeen() {
        assertThat(render(sight(training(), "nothing listens there", null), "", 80, 24, PLAIN))
                .anyMatch(line -> line.startsWith(" Connection lost: nothing listens there; trying again"))
                .anyMatch(line -> line.endsWith("step 89/118"))
                .noneMatch(line -> line.contains("done in"));
    }

    @Test
    void aDaemonThatIsGoneIsNotTraining() {
        assertThat(WatchFrame.render(
                                sight(training(), null, null),
                                "here",
                                "",
                                Documents.NOW.plus(Duration.ofMinutes(1)),
                                80,
                                24,
                                PLAIN)
                        .getFirst())
                .startsWith(" Gone: no sign of life for 1m 00s");
    }

    @Test
    void whereNoCommandsCanBeGivenItSaysSoAndOffersNone() {
        assertThat(render(sight(training(), null, "there is no token"), "", 80, 24, PLAIN))
                .contains(" Read only: there is no token")
                .endsWith(" q quit");
    }

    @Test
    void whatWasAnsweredStandsAboveTheKeys() {
        List<String> lines = render(sight(training(), null, null), "Paused\u001B[2J at step 3.", 80, 24, PLAIN);
        assertThat(lines.get(22)).isEqualTo(" Paused\uFFFD[2J at step 3.");
    }

    @Test
    void aPlaceWhereNothingRanIsNamed() {
        Sight nothing = new Sight(new StatusReading.Missing(), null, List.of(), null);
        assertThat(render(nothing, "", 80, 24, PLAIN).getFirst()).startsWith(" Never started: there is no status file");
    }

    private static StatusDocument training() {
        return Documents.with("train_loss_history", LOSSES);
    }

    private static StatusDocument hostile() {
        return Documents.with(
                "current_file", "\u001B[2J\u202Eevil\r\n.jsonl", "current_prompt", "\u001B]0;evil\u0007\u009B31m");
    }

    private static StatusDocument wide() {
        return Documents.with("current_file", "日本語".repeat(40), "model_answer", "👩‍👩‍👧é漢字".repeat(30));
    }

    private static List<String> render(StatusDocument document, int width, int height, Style style) {
        return render(sight(document, null, null), "", width, height, style);
    }

    private static List<String> render(Sight sight, String note, int width, int height, Style style) {
        return WatchFrame.render(sight, "here", note, Documents.NOW, width, height, style);
    }

    private static Sight sight(StatusDocument document, @Nullable String lost, @Nullable String locked) {
        return new Sight(new StatusReading.Present(document), lost, List.of("seven.jsonl", "eight.jsonl"), locked);
    }
}
