package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class SeriesRouteTest {
    private static final int STEPS = 5_000;
    private static final int SPIKE = 1_234;

    private static final RunHistory.Outages UNEXPECTED = new RunHistory.Outages() {
        @Override
        public void began(String problem) {
            throw new AssertionError(problem);
        }

        @Override
        public void over() {}
    };

    private static final RunHistory.Keeping KEEPING =
            new RunHistory.Keeping(new ProcessIdentity(4711, "boot", Instant.EPOCH), "1.2.3", Long.MAX_VALUE);

    @TempDir
    Path folder;

    @Test
    void aLongRunComesInAsManyPointsAsAskedForAndKeepsItsSpike() throws Exception {
        fill();

        JsonNode answer = ask(Map.of("metrics", "loss,tokens_per_sec", "points", "200"));

        assertThat(answer.get("first_step").asInt()).isEqualTo(1);
        assertThat(answer.get("last_step").asInt()).isEqualTo(STEPS);
        JsonNode loss = answer.get("series").get("loss");
        assertThat(loss.get("step").size()).isEqualTo(200);
        assertThat(loss.get("at").size()).isEqualTo(200);
        assertThat(loss.get("value")
                        .valueStream()
                        .mapToDouble(JsonNode::asDouble)
                        .max())
                .hasValue(50);
        assertThat(answer.get("series")
                        .get("tokens_per_sec")
                        .get("value")
                        .get(0)
                        .asDouble())
                .isEqualTo(10_000);
        assertThat(answer.get("files").get(0).get("name").asString()).isEqualTo("a.jsonl");
        assertThat(answer.get("checkpoints").get(0).get("step").asInt()).isEqualTo(STEPS);
    }

    @Test
    void aShortRangeComesWholeWithTheFileItBelongsTo() throws Exception {
        fill();

        JsonNode answer = ask(Map.of("from", "1230", "to", "1239", "points", "200"));

        assertThat(answer.get("series").get("loss").get("step").valueStream().map(JsonNode::asInt))
                .containsExactly(1230, 1231, 1232, 1233, 1234, 1235, 1236, 1237, 1238, 1239);
        assertThat(answer.get("files").size()).isEqualTo(1);
        assertThat(answer.get("checkpoints").size()).isZero();
    }

    @Test
    void beforeTheFirstStepThereIsNothingAndNoError() throws Exception {
        RunHistory.open(database(), KEEPING, UNEXPECTED).close();

        JsonNode answer = ask(Map.of());

        assertThat(answer.get("first_step").isNull()).isTrue();
        assertThat(answer.get("series").get("loss").get("value").size()).isZero();
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        assertThatThrownBy(() -> ask(Map.of("metrics", "loss,luck")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("gradient_norm");
        assertThatThrownBy(() -> ask(Map.of("points", "1")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("points");
    }

    private void fill() {
        try (RunHistory history = RunHistory.open(database(), KEEPING, UNEXPECTED)) {
            history.fileStarted(0, "a.jsonl", Instant.EPOCH);
            for (int i = 1; i <= STEPS; i++) {
                double loss = i == SPIKE ? 50 : 2.0 + 1.0 / i;
                history.step(i, new StepCompleted(i, 0, loss, 2e-4, 0.5, 1_000, 100_000_000), Instant.ofEpochSecond(i));
            }
            history.checkpointSaved(STEPS, Duration.ZERO, Instant.ofEpochSecond(STEPS));
        }
    }

    private JsonNode ask(Map<String, String> query) throws InterruptedException {
        ApiResponse answer = SeriesRoute.of(new HistoryTurns(database()))
                .handler()
                .answer(new ApiRequest(Map.of(), query, MissingNode.getInstance(), true));
        assertThat(answer.status()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.json());
    }

    private Path database() {
        return folder.resolve("history.db");
    }
}
