package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.signals.Trend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusReaderTest {
    private static final String ORIGINAL = """
            {
              "status": "training",
              "current_step": 119,
              "total_steps": 237,
              "batch_step": 89,
              "batch_total_steps": 118,
              "batch_number": 6,
              "batch_queue_size": 22,
              "current_file": "syllo_batch_autogen_06.jsonl",
              "epoch": 0,
              "loss": 0.234,
              "learning_rate": 0.0002
            }""";

    @Test
    void theOriginalsSampleIsReadAndWhatItLacksIsNull() {
        StatusDocument document = present(ORIGINAL);

        assertThat(document.file())
                .isEqualTo(new StatusDocument.File(89L, 118L, 6, 22, "syllo_batch_autogen_06.jsonl"));
        assertThat(document.cumulative()).isEqualTo(new StatusDocument.Cumulative(119L, 237L, 0, 0.234, 2e-4));
        assertThat(document.writer().schemaVersion()).isNull();
        assertThat(document.derived().etaFile()).isNull();
        assertThat(document.state()).isEqualTo(DaemonState.TRAINING);
    }

    @Test
    void whatTheOriginalLeftOpenIsPassedOver() {
        StatusDocument document = present("""
                {"status": "idle", "timestamp": "2025-11-11T12:00:00.123456", "recent_examples": ["one"],
                 "train_loss_history": [{"step": 1, "loss": 2}], "accuracy_history": [50.0], "unheard_of": {},
                 "loss_trend": 0.5, "lora_stats": {"q": 1}, "active_alerts": ["one"], "alert_summary": "one",
                 "streaming_ce": 1.25}""");

        assertThat(document.timestamp()).isNull();
        assertThat(document.answers().recentExamples()).isNull();
        assertThat(document.answers().trainLossHistory()).isNull();
        assertThat(document.answers().accuracyHistory()).containsExactly(50.0);
        assertThat(document.signals().lossTrend()).isNull();
        assertThat(document.signals().loraStats()).isNull();
        assertThat(document.signals().streamingCe()).isEqualTo(1.25);
        assertThat(document.derived().activeAlerts()).isNull();
        assertThat(document.derived().alertSummary()).isNull();
    }

    @Test
    void aWordOfALaterVersionIsUnknown() {
        StatusDocument document = present("""
                {"status": "idle", "schema_version": 1, "loss_trend": "sideways", "throughput_trend": "worsening",
                 "active_alerts": [{"type": "new", "severity": "notice", "message": "m"}]}""");

        assertThat(document.signals().lossTrend()).isNull();
        assertThat(document.signals().throughputTrend()).isEqualTo(Trend.WORSENING);
        assertThat(document.derived().activeAlerts())
                .containsExactly(new Alert("new", null, "m", null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "7",
                "{}",
                "{\"status\": 5}",
                "{\"status\": \"idle\", \"batch_step\": \"many\"}",
                "{\"status\": \"idle\", \"batch_step\": 99999999999999999999}",
                "{\"status\": \"idle\", \"schema_version\": \"1\"}",
                "{\"status\": \"idle\", \"schema_version\": 1, \"timestamp\": \"yesterday\"}",
                "\u0000\u0001"
            })
    void whatIsNoStatusIsNamedAsSuch(String text) {
        assertThat(parse(text)).isInstanceOf(StatusReading.Foreign.class);
    }

    @Test
    void aLaterVersionIsRefusedByItsNumber() {
        assertThat(parse("{\"status\": \"idle\", \"schema_version\": 2}"))
                .isEqualTo(new StatusReading.UnsupportedVersion(2, 1));
    }

    @Test
    void aFileThatIsNotThereIsMissingAndAFolderIsUnreadable(@TempDir Path directory) throws IOException {
        assertThat(StatusReader.read(directory.resolve("none.json"))).isEqualTo(new StatusReading.Missing());
        assertThat(StatusReader.read(directory)).isInstanceOf(StatusReading.Unreadable.class);
        assertThat(StatusReader.read(Files.writeString(directory.resolve("status.json"), ORIGINAL)))
                .isInstanceOf(StatusReading.Present.class);
    }

    @Property
    void noBytesMakeItThrow(@ForAll byte[] bytes) {
        assertThat(StatusReader.parse(bytes)).isNotNull();
    }

    private static StatusReading parse(String json) {
        return StatusReader.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    private static StatusDocument present(String json) {
        return ((StatusReading.Present) parse(json)).document();
    }
}
