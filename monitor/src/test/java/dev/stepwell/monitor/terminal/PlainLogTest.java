package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlainLogTest {
    private final PlainLog log = new PlainLog(Style.PLAIN);

    @Test
    void aTurnIsSaidAtOnceAndStepsEveryFewSeconds() {
        assertThat(after(Duration.ZERO, Documents.training()))
                .isEqualTo("Training: syllo_batch_autogen_06.jsonl, file 89/118 (75%), queue 6/22 (27%), "
                        + "global step 208, loss 0.2340, learning rate 0.0002, 11.8 steps/s, 12,083 tokens/s, "
                        + "file done in 3s (2s–3s), queue done in 3m 20s (2m 50s–3m 50s)");
        assertThat(after(Duration.ofSeconds(1), Documents.with("current_step", 209)))
                .isNull();
        assertThat(after(PlainLog.INTERVAL, Documents.with("current_step", 210)))
                .contains("global step 210");
        assertThat(after(Duration.ofSeconds(6), Documents.with("current_file", "next.jsonl")))
                .contains("next.jsonl");
    }

    @Test
    void whereNothingHappensNothingIsSaid() {
        StatusDocument idle = Documents.with("status", "idle");
        assertThat(after(Duration.ZERO, idle)).startsWith("Idle");
        assertThat(after(Duration.ofSeconds(4), idle)).isNull();
        assertThat(log.next(idle, new Liveness(Liveness.Verdict.IDLE, Duration.ZERO), Documents.NOW.plusSeconds(60)))
                .isNull();
    }

    @Test
    void anAlertIsSaidAtOnceAndThatItIsOverToo() {
        StatusDocument full =
                Documents.with("active_alerts", List.of(Map.of("type", "disk_full", "message", "The disk is full.")));
        after(Duration.ZERO, Documents.training());
        assertThat(after(Duration.ofSeconds(1), full)).endsWith(", alert: The disk is full.");
        assertThat(after(Duration.ofSeconds(2), full)).isNull();
        assertThat(after(Duration.ofSeconds(3), Documents.training()))
                .startsWith("Training")
                .doesNotContain("alert");
    }

    private @Nullable String after(Duration passed, StatusDocument document) {
        var now = Documents.NOW.plus(passed);
        return log.next(document, Liveness.of(document, Documents.NOW), now);
    }
}
