package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.terminal.TerminalDisplay.Format;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalDisplayTest {
    @Test
    void theBarsAreTheOriginals() {
        assertThat(bars(Documents.training()))
                .containsExactly(
                        "Current File: syllo_batch_autogen_06.jsonl",
                        "━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━░░░░░░░░░░ 75%",
                        "Step 89/118",
                        "",
                        "Overall Queue: Batch 6 of 22",
                        "━━━━━━━━━━░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░ 27%",
                        "",
                        "Cumulative: 208/237 (87%)",
                        "State: training, file done in 3s (2s–3s), queue in 3m 20s (2m 50s–3m 50s)",
                        "Loss 0.2340, learning rate 0.0002, 11.8 steps/s, 12,083 tokens/s");
    }

    @Test
    void theSimpleDisplayIsTheOriginals() {
        assertThat(simple(Documents.training()))
                .containsExactly("File: 89/118 (75%) | Queue: 6/22 (27%)", "Training: syllo_batch_autogen_06.jsonl");
    }

    @Test
    void aFileOfTheOriginalWriterIsShownToo() {
        StatusDocument original = Documents.parse("""
                {"status": "training", "current_step": 119, "total_steps": 237, "batch_step": 89,
                 "batch_total_steps": 118, "batch_number": 6, "batch_queue_size": 22,
                 "current_file": "syllo_batch_autogen_06.jsonl", "epoch": 0, "loss": 0.234}""");

        assertThat(simple(original))
                .containsExactly("File: 89/118 (75%) | Queue: 6/22 (27%)", "Training: syllo_batch_autogen_06.jsonl");
        assertThat(bars(original)).contains("Step 89/118", "Cumulative: 119/237 (50%)", "Loss 0.2340");
    }

    @ParameterizedTest
    @CsvSource({
        "idle,Idle: the queue is empty; last file: syllo_batch_autogen_06.jsonl",
        "paused,Paused: syllo_batch_autogen_06.jsonl",
        "stopped,Stopped: syllo_batch_autogen_06.jsonl; it goes on at the next start",
        "completed,Completed: all files are trained; last file: syllo_batch_autogen_06.jsonl",
        "starting,Starting: loading the model",
        "evaluating,'Unknown: the status file says \"evaluating\"'",
    })
    void whatIsNotTrainingSaysSoFirst(String status, String sentence) {
        StatusDocument document = Documents.with("status", status);

        assertThat(bars(document))
                .startsWith(sentence, "")
                .contains("Step 89/118")
                .doesNotContain("Current File");
        assertThat(simple(document)).containsExactly("File: 89/118 (75%) | Queue: 6/22 (27%)", sentence);
    }

    @Test
    void aCrashNamesItsErrorAndSilenceItsLength() {
        StatusDocument crashed = Documents.parse("""
                {"status": "crashed", "schema_version": 1, "current_file": "a.jsonl", "error_type": "OutOfMemory",
                 "error_message": "no memory left\\u001b[2J"}""");

        assertThat(simple(crashed)).containsExactly("Crashed: a.jsonl. OutOfMemory: no memory left\uFFFD[2J");
        assertThat(TerminalDisplay.lines(
                        new StatusReading.Present(Documents.training()),
                        Documents.NOW.plus(Duration.ofSeconds(200)),
                        Format.SIMPLE))
                .last()
                .isEqualTo("Gone: no sign of life for 3m 20s; last seen training: syllo_batch_autogen_06.jsonl");
    }

    @Test
    void whatIsNoStatusIsSaidInOneLine() {
        assertThat(lines(new StatusReading.Missing())).containsExactly("Never started: there is no status file");
        assertThat(lines(new StatusReading.Foreign("not JSON")))
                .singleElement()
                .asString()
                .contains("not JSON");
        assertThat(lines(new StatusReading.Unreadable("denied")))
                .singleElement()
                .asString()
                .contains("denied");
        assertThat(lines(new StatusReading.UnsupportedVersion(9, 1)))
                .singleElement()
                .asString()
                .contains("9", "1");
    }

    @Test
    void numbersThatContradictEachOtherAreNotShown() {
        assertThat(simple(Documents.with("batch_step", 500))).doesNotContain("500");
        assertThat(bars(Documents.with("batch_number", 23))).noneMatch(line -> line.startsWith("Overall"));
    }

    @Test
    void timeThatPassedSinceTheStateWasReadIsTakenOff() {
        Instant later = Documents.NOW.plusSeconds(2);

        assertThat(TerminalDisplay.lines(new StatusReading.Present(Documents.training()), later, Format.BARS))
                .contains("State: training, file done in 1s (0s–1s), queue in 3m 18s (2m 48s–3m 48s)");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "2,0", "3,1", "99,39", "100,40"})
    void cellsAreFilledRoundedDown(int percent, int cells) {
        assertThat(new Share(percent, 100).filled(40)).isEqualTo(cells);
    }

    private static List<String> bars(StatusDocument document) {
        return TerminalDisplay.lines(new StatusReading.Present(document), Documents.NOW, Format.BARS);
    }

    private static List<String> simple(StatusDocument document) {
        return TerminalDisplay.lines(new StatusReading.Present(document), Documents.NOW, Format.SIMPLE);
    }

    private static List<String> lines(StatusReading reading) {
        return TerminalDisplay.lines(reading, Documents.NOW, Format.BARS);
    }
}
