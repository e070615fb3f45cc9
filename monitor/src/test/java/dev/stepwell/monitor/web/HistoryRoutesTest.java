package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

class HistoryRoutesTest {
    private static final Subject FIXED = new Subject.Fixed();

    @TempDir
    Path folder;

    @Test
    void theFixedSetComesOverTimeAndTheMatrixInTheOrderOfLearning() throws Exception {
        try (RunHistory history = opened()) {
            history.scored(evaluation(0, Occasion.BEFORE, 4, FIXED, Double.NaN, 0), at(0));
            history.scored(evaluation(10, Occasion.AFTER, 4, FIXED, 2.5, 4), at(10));
            history.scored(evaluation(10, Occasion.AFTER, 4, new Subject.Learnt(4, "4.jsonl"), 1.5, 8), at(10));
            history.scored(evaluation(20, Occasion.AFTER, 2, FIXED, 2, 5), at(20));
        }

        JsonNode answer = ask("/api/v1/evaluations", Map.of());

        assertThat(answer.at("/fixed")).hasSize(3);
        assertThat(answer.at("/fixed/0/occasion").asString()).isEqualTo("before");
        assertThat(answer.at("/fixed/0/cross_entropy").isNull()).as("NaN").isTrue();
        assertThat(answer.at("/fixed/1/exact_match").asDouble()).isEqualTo(0.4);
        assertThat(answer.at("/matrix/columns/0/file_id").isNull()).isTrue();
        assertThat(answer.at("/matrix/columns/1/name").asString()).isEqualTo("4.jsonl");
        assertThat(answer.at("/matrix/rows/0/scores/1/right").asInt()).isEqualTo(8);
        assertThat(answer.at("/matrix/rows/1/file_id").asInt()).isEqualTo(2);
        assertThat(answer.at("/matrix/rows/1/scores/1").isNull())
                .as("not asked")
                .isTrue();
        assertThat(ask("/api/v1/evaluations", Map.of("limit", "1", "files", "1", "from", "5", "to", "15"))
                        .at("/fixed/0/step")
                        .asInt())
                .isEqualTo(10);
    }

    @Test
    void alertsComeNewestFirstWithTheTimeAtWhichTheyWereOver() throws Exception {
        try (RunHistory history = opened()) {
            history.alerts(List.of(new Alert("first", Severity.INFO, "m", "e", "r", at(1), 3L)), at(1));
            history.alerts(List.of(new Alert("second", Severity.CRITICAL, "n", null, null, at(2), null)), at(2));
        }

        JsonNode answer = ask("/api/v1/alerts", Map.of());

        assertThat(answer.get("total").asInt()).isEqualTo(2);
        assertThat(answer.at("/alerts/0/type").asString()).isEqualTo("second");
        assertThat(answer.at("/alerts/0/until").isNull()).as("it stands").isTrue();
        assertThat(answer.at("/alerts/1/until").asString()).isEqualTo(at(2).toString());
        assertThat(answer.at("/alerts/1/remedy").asString()).isEqualTo("r");
        assertThat(ask("/api/v1/alerts", Map.of("limit", "1")).at("/alerts")).hasSize(1);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        opened().close();

        assertThatThrownBy(() -> ask("/api/v1/alerts", Map.of("limit", "0")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> ask("/api/v1/evaluations", Map.of("files", "many")))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("files");
    }

    private static Evaluation evaluation(
            long step, Occasion occasion, long fileId, Subject subject, double crossEntropy, int right) {
        return new Evaluation(
                step,
                occasion,
                fileId,
                fileId + ".jsonl",
                subject,
                new Score(10, 12, crossEntropy, 10, right, 0.1),
                Duration.ofSeconds(1));
    }

    private static Instant at(long seconds) {
        return Instant.ofEpochSecond(seconds);
    }

    private RunHistory opened() {
        return RunHistory.open(
                folder.resolve("history.db"),
                new RunHistory.Keeping(new ProcessIdentity(1, "boot", Instant.EPOCH), "1.2.3", Long.MAX_VALUE),
                new RunHistory.Outages() {
                    @Override
                    public void began(String problem) {
                        throw new AssertionError(problem);
                    }

                    @Override
                    public void over() {}
                });
    }

    private JsonNode ask(String path, Map<String, String> query) throws InterruptedException {
        Route route = HistoryRoutes.of(folder.resolve("history.db")).stream()
                .filter(each -> each.path().equals(path))
                .findFirst()
                .orElseThrow();
        ApiResponse answer = route.handler().answer(new ApiRequest(Map.of(), query, MissingNode.getInstance(), true));
        assertThat(answer.status()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.json());
    }
}
