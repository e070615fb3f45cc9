package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainLogTest {
    private final PlainLog log = new PlainLog(Style.PLAIN);

    @Test
    void aTurnIsSaidAtOnceAndStepsEveryFewSeconds() {
        assertThat(after(Duration.ZERO, Documents.training()))
                .containsExactly("Training: syllo_batch_autogen_06.jsonl, file 89/118 (75%), queue 6/22 (27%), "
                        + "global step 208, loss 0.2340, learning rate 0.0002, 11.8 steps/s, 12,083 tokens/s, "
                        + "file done in 3s (2s–3s), queue done in 3m 20s (2m 50s–3m 50s)");
        assertThat(after(Duration.ofSeconds(1), Documents.with("current_step", 209)))
                .isEmpty();
        assertThat(after(PlainLog.INTERVAL, Documents.with("current_step", 210)))
                .singleElement()
                .asString()
                .contains("global step 210");
        assertThat(after(Duration.ofSeconds(6), Documents.with("current_file", "next.jsonl")))
                .singleElement()
                .asString()
                .contains("next.jsonl");
    }

    @Test
    void whereNothingHappensNothingIsSaid() {
        StatusDocument idle = Documents.with("status", "idle");
        assertThat(after(Duration.ZERO, idle)).singleElement().asString().startsWith("Idle");
        assertThat(after(Duration.ofSeconds(4), idle)).isEmpty();
        assertThat(log.next(idle, new Liveness(Liveness.Verdict.IDLE, Duration.ZERO), Documents.NOW.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void anAlertIsSaidOnceAndThatItIsOverToo() {
        StatusDocument full = alerts(208, List.of(DISK_FULL));
        after(Duration.ZERO, Documents.training());
        assertThat(after(Duration.ofSeconds(1), full))
                .containsExactly("Alert: The disk is full. (critical) Make room on it.");
        assertThat(after(Duration.ofSeconds(2), full)).isEmpty();
        assertThat(after(PlainLog.INTERVAL, alerts(210, List.of(DISK_FULL))))
                .singleElement()
                .asString()
                .endsWith(", alert disk_full");
        assertThat(after(Duration.ofSeconds(12), alerts(220, List.of(DISK_FULL, PLATEAU))))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("Alert: The loss falls no more."),
                        line -> assertThat(line).endsWith(", 2 alerts: disk_full, plateau"));
        assertThat(after(Duration.ofSeconds(13), alerts(221, List.of(PLATEAU))))
                .containsExactly("Over: alert disk_full");
    }

    private static final Map<String, String> DISK_FULL = Map.of(
            "type", "disk_full", "severity", "critical", "message", "The disk is full.", "remedy", "Make room on it.");
    private static final Map<String, String> PLATEAU = Map.of("type", "plateau", "message", "The loss falls no more.");

    private static StatusDocument alerts(long step, List<Map<String, String>> standing) {
        return Documents.with(Map.of("current_step", step, "active_alerts", standing));
    }

    private List<String> after(Duration passed, StatusDocument document) {
        var now = Documents.NOW.plus(passed);
        return log.next(document, Liveness.of(document, Documents.NOW), now);
    }
}
