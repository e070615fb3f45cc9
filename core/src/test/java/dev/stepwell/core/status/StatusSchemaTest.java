package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.status.Fixtures.Recorded;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class StatusSchemaTest {
    private static final List<String> ORIGINAL_FIELDS = List.of(
            "status",
            "current_step",
            "total_steps",
            "epoch",
            "loss",
            "learning_rate",
            "timestamp",
            "max_output_tokens",
            "context_window",
            "batch_step",
            "batch_total_steps",
            "batch_number",
            "batch_queue_size",
            "current_file",
            "current_system_prompt",
            "current_prompt",
            "golden_answer",
            "model_answer",
            "answer_matches",
            "recent_examples",
            "total_evals",
            "total_correct",
            "accuracy_percent",
            "train_loss_history",
            "accuracy_history",
            "error_message",
            "error_type");

    private final ManualTime time = new ManualTime();
    private final StatusBoard board = new StatusBoard(time, time::nanos);

    @ParameterizedTest
    @EnumSource
    void documentsOfEveryStateAreValid(DaemonState state) {
        board.state(state);

        assertThat(StatusSchema.violations(Recorded.of(board, time).newest())).isEmpty();
    }

    @Test
    void everyFieldIsAlwaysThereTheOriginalOnesFirstAndInTheirOrder() {
        var json = JsonMapper.shared()
                .readTree(StatusJson.write(Recorded.of(board, time).newest()));

        assertThat(List.copyOf(json.propertyNames())).startsWith(ORIGINAL_FIELDS.toArray(String[]::new));
        assertThat(json.propertyNames()).containsExactlyInAnyOrderElementsOf(StatusSchema.described());
        assertThat(json.get("loss").isNull()).isTrue();
        assertThat(json.get("current_step").isNull()).isTrue();
        assertThat(json.get("eta_file").isNull()).isTrue();
    }

    @Property(tries = 300)
    void whateverATrainerReportsTheDocumentIsValidAndReadBackAsItWas(
            @ForAll @LongRange(min = 0, max = 1L << 40) long base,
            @ForAll @IntRange(min = 1, max = 60) int steps,
            @ForAll double loss,
            @ForAll double rate,
            @ForAll double norm,
            @ForAll @IntRange(min = 0) int tokens,
            @ForAll @LongRange(min = 1) long nanos,
            @ForAll String text,
            @ForAll @IntRange(min = 0, max = 1_000) int waiting) {
        var counts = new QueueCounts(1, waiting, waiting * 118L, waiting * 1_000L);
        board.fileClaimed(text, 1_000, new Progress(base, 0, steps, 1, 1), counts);
        board.on(new TrainingEvent.FileStarted(base, 0, steps));
        for (int i = 1; i <= steps; i++) {
            board.on(new StepCompleted(i, 0, loss, rate, Math.abs(norm), tokens, nanos));
        }
        board.on(new TrainingEvent.PreviewGenerated(new Preview(base, null, text, text.repeat(500), text, true)));
        board.failed(new Failure(text, text));

        StatusDocument document = Recorded.of(board, time).newest();

        assertThat(StatusSchema.violations(document)).isEmpty();
        assertThat(StatusReader.parse(StatusJson.write(document))).isEqualTo(new StatusReading.Present(document));
    }

    @Test
    void aLossThatIsNotFiniteIsNullAndAnAlertSaysSo() {
        board.fileClaimed("a.jsonl", 1_000, new Progress(119, 0, 118, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(119, 0, 118));
        board.on(Fixtures.step(1, Double.NaN));

        var document = Recorded.of(board, time).newest();

        assertThat(document.cumulative().loss()).isNull();
        assertThat(document.answers().trainLossHistory()).containsOnlyNulls();
        assertThat(document.derived().activeAlerts()).singleElement().satisfies(alert -> {
            assertThat(alert.type()).isEqualTo("non_finite_loss");
            assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
            assertThat(alert.evidence()).contains("NaN");
            assertThat(alert.step()).isEqualTo(120);
        });
        assertThat(document.derived().alertSummary()).isEqualTo(new AlertSummary(1, 1, 0, 0, Severity.CRITICAL));
        assertThat(new String(StatusJson.write(document), StandardCharsets.UTF_8))
                .doesNotContain(": NaN", "\"NaN\"");
        assertThat(StatusSchema.violations(document)).isEmpty();
    }
}
