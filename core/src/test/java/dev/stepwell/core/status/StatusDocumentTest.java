package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.status.Fixtures.Recorded;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {
    private final ManualTime time = new ManualTime();
    private final StatusBoard board = new StatusBoard(time, time::nanos);
    private final Recorded recorded = Recorded.of(board, time);

    @Test
    void theSampleOfTheOriginalIs208Of237() {
        begin(119, 118, 6, 16);
        board.on(Fixtures.step(89));
        recorded.tickAfter(Duration.ofSeconds(1));

        StatusDocument d = recorded.last();
        assertThat(d.cumulative().currentStep()).isEqualTo(208);
        assertThat(d.cumulative().totalSteps()).isEqualTo(237);
        assertThat(d.derived().filePercent()).isEqualTo(75);
        assertThat(d.derived().queuePercent()).isEqualTo(27);
        assertThat(d.derived().cumulativePercent()).isEqualTo(87);
    }

    @Test
    void aStepDoesNotWipeThePreviewAndAPreviewDoesNotWipeTheProgress() {
        begin(0, 118, 1, 0);
        board.on(Fixtures.step(1));
        board.on(Fixtures.preview(1, "golden"));
        recorded.tick();
        assertThat(recorded.last().file().batchStep()).isEqualTo(1);
        assertThat(recorded.last().cumulative().loss()).isEqualTo(1.0);
        assertThat(recorded.last().answers().modelAnswer()).isEqualTo("golden");

        board.on(Fixtures.step(2));
        recorded.tickAfter(Duration.ofSeconds(1));
        assertThat(recorded.last().file().batchStep()).isEqualTo(2);
        assertThat(recorded.last().answers().modelAnswer()).isEqualTo("golden");
        assertThat(recorded.last().answers().answerMatches()).isTrue();
        assertThat(recorded.last().answers().totalCorrect()).isEqualTo(1);
    }

    @Test
    void aCrashKeepsTheLastTrueStepLossAndLearningRate() {
        begin(119, 118, 6, 16);
        board.on(Fixtures.step(89, 0.234));
        board.crashed(new Failure("OutOfMemory", "no memory left"));
        recorded.tick();

        StatusDocument d = recorded.last();
        assertThat(d.state()).isEqualTo(DaemonState.CRASHED);
        assertThat(d.cumulative().currentStep()).isEqualTo(208);
        assertThat(d.cumulative().loss()).isEqualTo(0.234);
        assertThat(d.cumulative().learningRate()).isEqualTo(2e-4);
        assertThat(d.error().errorType()).isEqualTo("OutOfMemory");
        assertThat(d.derived().etaFile()).isNull();
    }

    @Test
    void theNumbersOfTheLastFileStayWhileIdleEvenWhenOthersArrive() {
        begin(0, 2, 1, 0);
        board.on(Fixtures.step(1));
        board.on(Fixtures.step(2));
        board.state(DaemonState.IDLE);
        recorded.tick();
        StatusDocument before = recorded.last();
        board.waiting(new QueueCounts(9, 3, 354, 3_000));
        recorded.tickAfter(Duration.ofSeconds(1));

        assertThat(recorded.last().file()).isEqualTo(before.file());
        assertThat(recorded.last().cumulative()).isEqualTo(before.cumulative());
        assertThat(recorded.last().derived().waitingFiles()).isEqualTo(3);
    }

    @Test
    void anErrorStaysUntilAStepSucceeds() {
        begin(0, 2, 1, 1);
        board.failed(new Failure("NonFiniteLoss", "first file"));
        begin(0, 2, 2, 0);
        recorded.tick();
        assertThat(recorded.last().error().errorType()).isEqualTo("NonFiniteLoss");

        board.on(Fixtures.step(1, Double.NaN));
        recorded.tickAfter(Duration.ofSeconds(1));
        assertThat(recorded.last().error().errorType()).isEqualTo("NonFiniteLoss");
        assertThat(recorded.last().derived().activeAlerts())
                .extracting(Alert::type)
                .containsExactly("non_finite_loss");

        board.on(Fixtures.step(2));
        recorded.tickAfter(Duration.ofSeconds(1));
        assertThat(recorded.last().error().errorType()).isNull();
        assertThat(recorded.last().derived().activeAlerts()).isEmpty();
    }

    @Test
    void aRollBackTakesTheNumbersBackAndIsReported() {
        begin(119, 118, 6, 16);
        board.on(Fixtures.step(89));
        board.on(new TrainingEvent.RolledBack(208, 169, "the loss is not finite"));
        recorded.tick();

        assertThat(recorded.last().file().batchStep()).isEqualTo(50);
        assertThat(recorded.last().cumulative().currentStep()).isEqualTo(169);
        assertThat(recorded.last().derived().modelStep()).isEqualTo(169);
        assertThat(recorded.last().error().errorType()).isEqualTo("RolledBack");
        assertThat(recorded.last().error().errorMessage()).contains("169", "208", "not finite");
    }

    @Test
    void thePassOverAResumedFileIsUnknownUntilItsFirstStep() {
        board.fileClaimed("a.jsonl", 1_000, new Progress(0, 50, 118, 1, 1), QueueCounts.NONE);
        board.on(new TrainingEvent.FileStarted(0, 50, 118));
        recorded.tick();
        assertThat(recorded.last().cumulative().epoch()).isNull();

        board.on(Fixtures.step(51));
        recorded.tickAfter(Duration.ofSeconds(1));
        assertThat(recorded.last().cumulative().epoch()).isZero();
    }

    @Test
    void hugeAndBrokenTextsLeaveTheFileSmallAndValid() {
        String broken = "a\uD83D".repeat(1_000_000);
        for (int i = 0; i < 20; i++) {
            board.on(new TrainingEvent.PreviewGenerated(new Preview(i, broken, broken, broken, broken, false)));
        }
        recorded.tick();
        byte[] json = StatusJson.write(recorded.last());

        assertThat(json).hasSizeLessThan(200_000);
        assertThat(new String(json, StandardCharsets.UTF_8)).contains("[cut, 2000000 characters in all]");
        assertThat(StatusReader.parse(json)).isInstanceOf(StatusReading.Present.class);
    }

    @Test
    void noPairOfSurrogatesIsCutInTwo() {
        String smiles = "😀".repeat(10);

        assertThat(DisplayText.cut(smiles, 5)).startsWith("😀😀…");
        assertThat(DisplayText.cut(smiles, 20)).isEqualTo(smiles);
        assertThat(DisplayText.cut("\uDE00x\uD83D", 5)).isEqualTo("\uFFFDx\uFFFD");
    }

    @Test
    void historiesKeepTheirLength() {
        begin(0, 1_000, 1, 0);
        for (int i = 1; i <= 300; i++) {
            board.on(Fixtures.step(i, i));
            board.on(Fixtures.preview(i, "golden"));
        }
        recorded.tick();

        assertThat(recorded.last().answers().trainLossHistory()).hasSize(100).endsWith(299.0, 300.0);
        assertThat(recorded.last().answers().accuracyHistory()).isEqualTo(Collections.nCopies(100, 100.0));
        assertThat(recorded.last().answers().recentExamples()).hasSize(10);
    }

    private void begin(long base, long steps, int number, int waiting) {
        board.fileClaimed(
                "a.jsonl",
                1_000,
                new Progress(base, 0, steps, number, number + waiting),
                new QueueCounts(number, waiting, waiting * steps, waiting * 1_000L));
        board.on(new TrainingEvent.FileStarted(base, 0, steps));
    }
}
