package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatchFrameTest {
    private static final Style PLAIN = new Style(false, true);
    private static final Style ASCII = new Style(false, false);
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
                        "         loss 0.2340 · learning rate 0.0002 · 11.8 steps/s · 12,083 tokens/s",
                        " Machine processors 97% · memory 3.20 GB of 24.0 GB · disk 12.0 GB free",
                        " Prompt  Tiles: pan da",
                        " Golden  panda",
                        " Answer  ✓ panda",
                        " Right   55% of 9 answers")
                .endsWith(" p pause  s skip  x stop  q quit");
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
        for (Style style : List.of(PLAIN, ASCII)) {
            for (StatusDocument document : List.of(training(), hostile(), wide(), inTrouble())) {
                assertThat(render(document, width, height, style))
                        .hasSize(height)
                        .allSatisfy(line -> assertThat(Cells.width(line)).isLessThanOrEqualTo(width));
            }
        }
    }

    @Property(tries = 300)
    void whateverTheTextsHoldEveryLineFitsAndSteersNothing(
            @ForAll String text,
            @ForAll @IntRange(min = 1, max = 200) int width,
            @ForAll @IntRange(min = 1, max = 60) int height,
            @ForAll boolean unicode) {
        StatusDocument document = Documents.with(
                Map.of("current_file", text, "current_prompt", text, "model_answer", text, "error_message", text));
        Sight sight = new Sight(
                new StatusReading.Present(document),
                new Contact.Lost(text, Documents.NOW),
                Duration.ZERO,
                List.of(text),
                text);

        for (Sight each : List.of(sight(document, null), sight)) {
            assertThat(WatchFrame.render(each, text, text, Documents.NOW, width, height, new Style(false, unicode)))
                    .hasSize(height)
                    .allMatch(line -> Cells.width(line) <= width)
                    .allMatch(line -> line.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202E))
                    .allMatch(line -> unicode || line.chars().allMatch(c -> c < 128));
        }
    }

    @Test
    void aSmallWindowKeepsWhatMattersMost() {
        assertThat(String.join("\n", render(training(), 40, 7, PLAIN)))
                .contains("Training", "step 89/118", "file 6/22", "step 208/237", "q quit")
                .doesNotContain("Golden", "Next", "Loss", "Machine");
    }

    @Test
    void whereAPreviewHasNoRoomItsAnswerStandsAlone() {
        assertThat(render(training(), 40, 12, PLAIN))
                .contains(" Answer  ✓ panda")
                .noneMatch(line -> line.startsWith(" Prompt") || line.startsWith(" Golden"));
    }

    @Test
    void aTallWindowDrawsTheLossHigherWithItsScale() {
        assertThat(render(training(), 120, 40, PLAIN))
                .filteredOn(line -> line.contains("█"))
                .hasSizeGreaterThan(3)
                .anyMatch(line -> line.endsWith("  3.0000"));
        assertThat(render(training(), 120, 40, PLAIN)).anyMatch(line -> line.endsWith("▁  0.2000"));
    }

    @Test
    void aTallWindowShowsLongTextsOnSeveralLines() {
        StatusDocument document = Documents.with("current_prompt", "word ".repeat(100));
        assertThat(render(document, 80, 48, PLAIN))
                .filteredOn(line -> line.contains("word word"))
                .hasSize(4)
                .last()
                .asString()
                .endsWith("…");
        assertThat(render(document, 80, 24, PLAIN))
                .filteredOn(line -> line.contains("word word"))
                .hasSize(1);
    }

    @Test
    void asciiIsEnough() {
        assertThat(String.join("", render(training(), 80, 24, new Style(true, false))))
                .matches(text -> text.chars().allMatch(c -> c < 128))
                .contains("####", "....", "@");
        assertThat(render(Documents.with("current_file", "日本-é.jsonl"), 80, 24, ASCII))
                .contains(" File    ????-?.jsonl");
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
    void anAlertStandsBelowTheStateToItsEndIfThereIsRoom() {
        assertThat(render(inTrouble(), 60, 24, PLAIN))
                .containsSequence(
                        " Training                                              here",
                        " Alert   The disk of the checkpoints is full, and training",
                        "         waits. Delete something: it goes on by itself.");
    }

    @Test
    void aLostConnectionIsSaidAboveWhatWasLastSeen() {
        Sight lost = sight(training(), new Contact.Lost("nothing listens there", Documents.NOW.minusSeconds(12)));
        assertThat(render(lost, 80, 24))
                .anyMatch(line -> line.startsWith(" Connection lost 12s ago: nothing listens there; trying again"))
                .anyMatch(line -> line.endsWith("step 89/118"))
                .noneMatch(line -> line.contains("done in") || line.contains("steps/s") || line.contains("Machine"))
                .endsWith(" q quit");
    }

    @Test
    void aDaemonThatNeverAnsweredIsNotLost() {
        assertThat(render(nothing(new Contact.Lost("no machine is known by the name nowhere", null)), 80, 24)
                        .getFirst())
                .startsWith(" No connection: no machine is known by the name nowhere; trying again");
        assertThat(render(nothing(new Contact.Sought()), 80, 24).getFirst()).startsWith(" Connecting ");
    }

    @Test
    void thatADaemonIsGoneWhichSaidItsEndIsNoLoss() {
        Sight ended =
                sight(Documents.with("status", "stopped"), new Contact.Lost("nothing listens there", Documents.NOW));
        assertThat(render(ended, 80, 24).getFirst()).startsWith(" Stopped: syllo_batch_autogen_06.jsonl; it goes on");
    }

    @Test
    void aDaemonThatIsGoneIsNotTraining() {
        assertThat(WatchFrame.render(
                                sight(training(), null),
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
    void aDaemonIsJudgedByItsOwnClock() {
        Duration ahead = Duration.ofHours(-3);
        Sight sight = new Sight(new StatusReading.Present(training()), new Contact.Kept(), ahead, List.of(), null);
        Instant now = Documents.NOW.minus(ahead).plusSeconds(2);
        assertThat(WatchFrame.render(sight, "here", "", now, 80, 24, PLAIN))
                .contains("         done in 1s (0s–1s)")
                .anyMatch(line -> line.startsWith(" Training"));
    }

    @Test
    void whereNoCommandsCanBeGivenItSaysSoAndOffersNone() {
        Sight locked = new Sight(
                new StatusReading.Present(training()),
                new Contact.Kept(),
                Duration.ZERO,
                List.of(),
                "there is no token");
        assertThat(render(locked, 80, 24))
                .contains(" Read only: there is no token")
                .endsWith(" q quit");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            training |  p pause  s skip  x stop  q quit
            paused   |  r resume  s skip  x stop  q quit
            idle     |  p pause  x stop  q quit
            stopped  |  q quit
            """)
    void theKeysAreThoseThatMakeSense(String state, String keys) {
        assertThat(render(Documents.with("status", state), 80, 24, PLAIN)
                        .getLast()
                        .strip())
                .isEqualTo(keys.strip());
    }

    @Test
    void whatWasAnsweredStandsAboveTheKeys() {
        List<String> lines = WatchFrame.render(
                sight(training(), null), "here", "Paused\u001B[2J at step 3.", Documents.NOW, 80, 24, PLAIN);
        assertThat(lines.get(22)).isEqualTo(" Paused\uFFFD[2J at step 3.");
    }

    @Test
    void aLongAnswerIsReadToItsEnd() {
        String answer = "Not done: no daemon runs in /somewhere; name the right place with --base-dir, or start one";
        assertThat(WatchFrame.render(sight(training(), null), "here", answer, Documents.NOW, 40, 12, PLAIN))
                .containsSequence(
                        " Not done: no daemon runs in /somewhere;",
                        " name the right place with --base-dir,",
                        " or start one",
                        " p pause  s skip  x stop  q quit");
    }

    @Test
    void aPlaceWhereNothingRanIsNamed() {
        assertThat(render(nothing(new Contact.Kept()), 80, 24).getFirst())
                .startsWith(" Never started: there is no status file");
    }

    private static StatusDocument training() {
        return Documents.with("train_loss_history", LOSSES, "machine", MachineRowsTest.figures());
    }

    private static StatusDocument hostile() {
        return Documents.with(
                "current_file", "\u001B[2J\u202Eevil\r\n.jsonl", "current_prompt", "\u001B]0;evil\u0007\u009B31m");
    }

    private static StatusDocument wide() {
        return Documents.with("current_file", "日本語".repeat(40), "model_answer", "👩‍👩‍👧é漢字".repeat(30));
    }

    private static StatusDocument inTrouble() {
        return Documents.with(
                "active_alerts",
                List.of(Map.of(
                        "type",
                        "disk_full",
                        "message",
                        "The disk of the checkpoints is full, and training waits. "
                                + "Delete something: it goes on by itself.")));
    }

    private static Sight nothing(Contact contact) {
        return new Sight(new StatusReading.Missing(), contact, Duration.ZERO, List.of(), null);
    }

    /// @param lost null for a daemon that is there
    private static Sight sight(StatusDocument document, Contact.@Nullable Lost lost) {
        return new Sight(
                new StatusReading.Present(document),
                lost == null ? new Contact.Kept() : lost,
                Duration.ZERO,
                List.of("seven.jsonl", "eight.jsonl"),
                null);
    }

    private static List<String> render(StatusDocument document, int width, int height, Style style) {
        return WatchFrame.render(sight(document, null), "here", "", Documents.NOW, width, height, style);
    }

    private static List<String> render(Sight sight, int width, int height) {
        return WatchFrame.render(sight, "here", "", Documents.NOW, width, height, PLAIN);
    }
}
