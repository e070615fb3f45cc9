package dev.stepwell.app.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.StateChanges;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ChangesTest {
    private static final Instant T0 = Notices.AT;

    private final List<String> told = new ArrayList<>();

    @Test
    void anAlertIsToldWhenItOpensAndWhenItCloses() {
        Changes changes = changes(Severity.WARNING, StateChanges.NONE);
        Alert full = alert("disk_full", Severity.CRITICAL, T0, "full");
        see(changes, "training");
        see(changes, "paused", full);
        see(changes, "paused", alert("disk_full", Severity.CRITICAL, T0, "still full"));
        see(changes, "paused", full, alert("history_unwritable", Severity.WARNING, T0, "no history"));
        see(changes, "training", full);
        see(changes, "training");
        assertThat(told)
                .containsExactly(
                        "alert_opened critical full",
                        "alert_opened warning no history",
                        "alert_closed info It was: no history",
                        "alert_closed info It was: full");
    }

    @Test
    void oneThatBeganAtAnotherMomentIsAnotherOne() {
        Changes changes = changes(Severity.WARNING, StateChanges.NONE);
        see(changes, "training", alert("a", Severity.WARNING, T0, "first"));
        see(changes, "training", alert("a", Severity.WARNING, T0.plusSeconds(5), "second"));
        assertThat(told)
                .containsExactly(
                        "alert_opened warning first", "alert_closed info It was: first", "alert_opened warning second");
    }

    @Test
    void whatIsNotSevereEnoughIsNotToldUntilItIsNorThatItIsOver() {
        Changes changes = changes(Severity.WARNING, StateChanges.NONE);
        see(changes, "training", alert("a", Severity.INFO, T0, "slow"));
        see(changes, "training");
        see(changes, "training", alert("b", Severity.INFO, T0, "slow"));
        see(changes, "training", alert("b", Severity.WARNING, T0, "slower"));
        see(changes, "training", alert("b", Severity.CRITICAL, T0, "slowest"));
        see(changes, "training", alert("b", Severity.WARNING, T0, "slower"));
        see(changes, "training");
        assertThat(told)
                .containsExactly(
                        "alert_opened warning slower",
                        "alert_opened critical slowest",
                        "alert_closed info It was: slowest");
    }

    @Test
    void thatTellingFailsIsToldNobody() {
        Changes changes = changes(Severity.INFO, StateChanges.ALL);
        see(changes, "training");
        told.clear();
        for (String type : List.of("webhook_failing", "alert_command_failing", "desktop_notification_failing")) {
            see(changes, "training", alert(type, Severity.WARNING, T0, "m"));
        }
        see(changes, "training");
        assertThat(told).isEmpty();
    }

    @Test
    void aCrashIsToldUnlessNobodyWantsToKnow() {
        for (StateChanges wanted : StateChanges.values()) {
            told.clear();
            Changes changes = changes(Severity.WARNING, wanted);
            for (String state : List.of("starting", "idle", "training", "paused", "training", "crashed", "crashed")) {
                see(changes, state);
            }
            switch (wanted) {
                case NONE -> assertThat(told).isEmpty();
                case FAILURES -> assertThat(told).containsExactly("daemon_crashed critical Oops: it broke");
                case ALL ->
                    assertThat(told)
                            .containsExactly(
                                    "daemon_started info The daemon started.",
                                    "daemon_crashed critical Oops: it broke");
            }
        }
    }

    @Test
    void aDaemonThatEndedAsAskedSaysHow() {
        see(changes(Severity.WARNING, StateChanges.ALL), "stopped");
        see(changes(Severity.WARNING, StateChanges.ALL), "completed");
        see(changes(Severity.WARNING, StateChanges.FAILURES), "completed");
        assertThat(told)
                .containsExactly(
                        "daemon_stopped info The daemon was stopped.",
                        "daemon_stopped info All files are trained, and the daemon has ended.");
    }

    @Test
    void aNoticeSaysWhatTheDaemonWasDoing() {
        Changes changes = changes(Severity.WARNING, StateChanges.NONE);
        Notice notice = changes.in(document("training", alert("a", Severity.WARNING, T0, "m")))
                .getFirst();
        assertThat(notice.where())
                .isEqualTo(new Notice.Where(
                        "box", "/data/tutor", "mini", 4_711, "boot-1", "training", "lesson.jsonl", 208L));
        assertThat(notice.at()).isEqualTo(T0);
        Notice closed = changes.in(document("idle")).getFirst();
        assertThat(closed.alert()).isEqualTo(notice.alert());
        assertThat(closed.id()).isNotEqualTo(notice.id());
    }

    private void see(Changes changes, String state, Alert... alerts) {
        changes.in(document(state, alerts))
                .forEach(notice -> told.add("%s %s %s"
                        .formatted(notice.kind().word(), notice.severity().word(), notice.text())));
    }

    private static Changes changes(Severity least, StateChanges wanted) {
        return new Changes(least, wanted, new NoticeFactory(Notices.WHERE, InstantSource.system()));
    }

    private static Alert alert(String type, Severity severity, Instant since, String message) {
        return new Alert(type, severity, message, null, null, since, 1L);
    }

    private static StatusDocument document(String state, Alert... alerts) {
        ObjectNode json = JsonMapper.shared()
                .createObjectNode()
                .put("status", state)
                .put("timestamp", T0.toString())
                .put("current_file", "lesson.jsonl")
                .put("error_message", "it broke")
                .put("error_type", "Oops")
                .put("schema_version", 1)
                .put("seq", 1)
                .put("pid", 1)
                .put("boot_id", "boot-1")
                .put("started_at", T0.toString())
                .put("heartbeat_at", T0.toString())
                .put("heartbeat_interval_s", 1.0)
                .put("model_step", 208);
        json.putPOJO("active_alerts", List.of(alerts));
        byte[] written = JsonMapper.shared().writeValueAsBytes(json);
        return ((StatusReading.Present) StatusReader.parse(written)).document();
    }
}
