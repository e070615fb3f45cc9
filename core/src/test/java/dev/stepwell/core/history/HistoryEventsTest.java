package dev.stepwell.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stepwell.core.history.ForgettingMatrix.Column;
import dev.stepwell.core.history.RunRecord.Ending;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.Preview;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryEventsTest {
    private static final Subject FIXED = new Subject.Fixed();

    @TempDir
    Path folder;

    @Test
    void aRunSaysHowItEndedAndOneThatCouldNotIsKilledOnceTheNextBegins() {
        run("stopped", at(0), history -> history.ended(DaemonState.STOPPED, null, at(9)));
        run("crashed", at(10), history -> history.ended(DaemonState.CRASHED, new Failure("Disk", "it broke"), at(19)));
        run("killed", at(20), history -> {
            history.step(1, Histories.step(1, 1), at(27));
            history.alerts(List.of(alert("disk_full", "no space", null)), at(28));
        });

        assertThat(read(events -> events.runs(1)))
                .containsExactly(new RunRecord("killed", "1.2.3", at(20), at(28), null, null, null));

        run("alive", at(30), history -> {});

        assertThat(read(events -> events.runs(9)))
                .containsExactly(
                        new RunRecord("stopped", "1.2.3", at(0), at(9), at(9), Ending.STOPPED, null),
                        new RunRecord(
                                "crashed",
                                "1.2.3",
                                at(10),
                                at(19),
                                at(19),
                                Ending.CRASHED,
                                new Failure("Disk", "it broke")),
                        new RunRecord("killed", "1.2.3", at(20), at(28), at(28), Ending.KILLED, null),
                        new RunRecord("alive", "1.2.3", at(30), at(30), null, null, null));
        assertThat(read(events -> events.alerts(9)))
                .singleElement()
                .satisfies(alert -> assertThat(alert.until()).isEqualTo(at(28)));
    }

    @Test
    void anAttemptThatIsInterruptedAndGoesOnElsewhereIsOne() {
        FileAttempt attempt = new FileAttempt(7, "a.jsonl", 1, at(0), 0);
        AttemptEnd left = new AttemptEnd(FileState.INTERRUPTED, 5L, new AttemptEnd.Rows(25, 10, 1, 5), 2.0, 1.5, null);
        AttemptEnd done = new AttemptEnd(FileState.COMPLETED, 9L, new AttemptEnd.Rows(25, 19, 1, 5), 2.0, 1.0, null);
        run("one", at(0), history -> {
            history.attemptBegan(attempt, at(1));
            history.attemptEnded(attempt, left, at(5));
        });
        assertThat(read(events -> events.attempts(9))).containsExactly(new AttemptHistory(attempt, at(5), left, null));

        run("two", at(10), history -> history.attemptBegan(attempt, at(11)));
        assertThat(read(events -> events.attempts(9))).containsExactly(new AttemptHistory(attempt, null, null, null));

        run("three", at(20), history -> {
            history.attemptBegan(attempt, at(21));
            history.attemptEnded(attempt, done, at(25));
        });
        assertThat(read(events -> events.attemptsAt(7)))
                .containsExactly(new AttemptHistory(attempt, at(25), done, null));
        assertThat(read(events -> events.attemptsAt(8))).isEmpty();
    }

    @Test
    void anAttemptWhoseStepsAreLostLaterStaysAndSaysSo() {
        FileAttempt first = new FileAttempt(1, "a.jsonl", 1, at(0), 0);
        FileAttempt second = new FileAttempt(2, "b.jsonl", 1, at(10), 10);
        run("killed", at(0), history -> {
            steps(history, 1, 20, at(1));
            history.attemptEnded(first, completed(10), at(10));
            history.attemptEnded(second, completed(20), at(20));
        });
        run("of the checkpoint before the last", at(30), history -> history.step(16, Histories.step(6, 1), at(31)));

        assertThat(read(events -> events.attempts(9)))
                .extracting(AttemptHistory::lostFrom, AttemptHistory::stepsKept)
                .containsExactly(tuple(null, 10L), tuple(16L, 5L));
    }

    @Test
    void whyAnAttemptFailedIsKept() {
        FileAttempt attempt = new FileAttempt(7, "a.jsonl", 2, at(0), 4);
        AttemptEnd failed = new AttemptEnd(
                FileState.FAILED, 4L, null, null, null, new FileReport.Cause("NonFiniteLoss", "it was NaN"));
        run("one", at(0), history -> history.attemptEnded(attempt, failed, at(3)));

        assertThat(read(events -> events.attempts(9)))
                .containsExactly(new AttemptHistory(attempt, at(3), failed, null));
    }

    @Test
    void previewsKeepTheirTextsToABoundAndGoBackWithTheWeights() {
        String endless = "x".repeat(EventRows.MAX_TEXT + 1);
        run("killed at 8, saved at 5", at(0), history -> {
            history.fileStarted(0, "a.jsonl", at(0));
            steps(history, 1, 8, at(1));
            history.previewed(new Preview(5, "s", endless, "g", "a", false), 0, at(5));
            history.previewed(new Preview(8, null, "p", "g", "g", true), 50, at(8));
        });
        run("next", at(20), history -> {
            history.step(6, Histories.step(6, 1), at(21));
            history.previewed(new Preview(6, null, "q", "g", "g", true), 100, at(22));
        });

        List<PastPreview> previews = read(events -> events.previews(0, 99));
        assertThat(previews).extracting(PastPreview::globalStep).containsExactly(5L, 6L);
        assertThat(previews.getFirst().file()).isEqualTo("a.jsonl");
        assertThat(previews.getFirst().answers()).satisfies(answers -> {
            assertThat(answers.systemPrompt()).isEqualTo("s");
            assertThat(answers.prompt())
                    .startsWith("xxx")
                    .hasSizeLessThan(EventRows.MAX_TEXT + 100)
                    .contains("cut");
            assertThat(answers.matches()).isFalse();
        });
    }

    @Test
    void evaluationsComeBackAsTheyWereAndGoBackWithTheWeights() {
        var before = Histories.evaluation(0, Occasion.BEFORE, 1, FIXED, 3, 1);
        var nan = Histories.evaluation(4, Occasion.DURING, 1, Histories.learnt(9), Double.NaN, 2);
        run("killed at 8, saved at 4", at(0), history -> {
            history.scored(before, at(0));
            steps(history, 1, 8, at(1));
            history.scored(nan, at(4));
            history.scored(Histories.evaluation(8, Occasion.AFTER, 1, FIXED, 1, 9), at(8));
        });
        run("next", at(20), history -> {
            history.scored(Histories.evaluation(4, Occasion.DURING, 1, FIXED, 2, 5), at(20));
            history.step(5, Histories.step(5, 1), at(21));
        });

        assertThat(read(events -> events.evaluations(0, 99)))
                .extracting(PastEvaluation::evaluation)
                .containsExactly(before, nan, Histories.evaluation(4, Occasion.DURING, 1, FIXED, 2, 5));
        assertThat(read(events -> events.evaluations(1, 3))).isEmpty();
    }

    @Test
    void theMatrixHasARowForEachFileAfterWhichWasAskedAndAColumnForEachSetInTheOrderOfLearning() {
        run("one", at(0), history -> {
            history.scored(Histories.evaluation(0, Occasion.BEFORE, 5, FIXED, 3, 0), at(0));
            steps(history, 1, 10, at(1));
            history.scored(Histories.evaluation(10, Occasion.AFTER, 5, Histories.learnt(5), 1, 9), at(10));
            history.scored(Histories.evaluation(10, Occasion.AFTER, 5, FIXED, 2, 4), at(10));
            steps(history, 11, 20, at(11));
            history.scored(Histories.evaluation(20, Occasion.AFTER, 3, FIXED, 2, 6), at(20));
            history.scored(Histories.evaluation(20, Occasion.AFTER, 3, Histories.learnt(3), 1, 8), at(20));
            history.scored(Histories.evaluation(20, Occasion.AFTER, 3, Histories.learnt(5), 2, 7), at(20));
        });

        ForgettingMatrix matrix = matrix(9);
        assertThat(matrix.columns())
                .containsExactly(new Column(null, null), new Column(5L, "5.jsonl"), new Column(3L, "3.jsonl"));
        assertThat(matrix.rows()).extracting(ForgettingMatrix.Row::file).containsExactly("5.jsonl", "3.jsonl");
        assertThat(matrix.rows().get(0).scores())
                .extracting(score -> score == null ? null : (Integer) score.right())
                .containsExactly(4, 9, null);
        assertThat(matrix.rows().get(1).scores()).extracting(Score::right).containsExactly(6, 7, 8);
        assertThat(matrix(1).rows()).extracting(ForgettingMatrix.Row::file).containsExactly("3.jsonl");
    }

    @Test
    void theMatrixForgetsWhatTheWeightsDoNotContain() {
        run("killed", at(0), history -> {
            steps(history, 1, 10, at(1));
            history.scored(Histories.evaluation(10, Occasion.AFTER, 5, FIXED, 2, 4), at(10));
        });
        run("next", at(20), history -> history.step(9, Histories.step(9, 1), at(21)));

        assertThat(matrix(9).rows()).isEmpty();
    }

    @Test
    void anAlertIsOpenUntilItIsOverAndKeepsItsNewestWords() {
        run("one", at(0), history -> {
            history.alerts(List.of(alert("disk_full", "1 GB is missing", at(1)), alert("other", "x", at(1))), at(2));
            history.alerts(List.of(alert("disk_full", "2 GB are missing", at(1))), at(3));
            history.alerts(List.of(), at(4));
            history.alerts(List.of(alert("disk_full", "again", null)), at(5));
        });

        assertThat(read(events -> events.alerts(9)))
                .containsExactly(
                        new PastAlert(alert("disk_full", "2 GB are missing", at(1)), at(4)),
                        new PastAlert(alert("other", "x", at(1)), at(3)),
                        new PastAlert(alert("disk_full", "again", at(5)), null));
        assertThat(read(events -> events.alerts(1))).hasSize(1);
    }

    @Test
    void alertsEndWithTheirProcess() {
        run("one", at(0), history -> {
            history.alerts(List.of(alert("disk_full", "no space", at(1))), at(2));
            history.ended(DaemonState.STOPPED, null, at(3));
        });

        assertThat(read(events -> events.alerts(9)))
                .extracting(PastAlert::until)
                .containsExactly(at(3));
    }

    private static Alert alert(String type, String message, @Nullable Instant since) {
        return new Alert(type, Severity.WARNING, message, "evidence", "remedy", since, 4L);
    }

    private static AttemptEnd completed(long step) {
        return new AttemptEnd(FileState.COMPLETED, step, new AttemptEnd.Rows(9, 9, 0, 0), 2.0, 1.0, null);
    }

    private static void steps(RunHistory history, int first, int last, Instant from) {
        for (int i = first; i <= last; i++) {
            history.step(i, Histories.step(i, 1.0 / i), from.plusMillis(i));
        }
    }

    private static Instant at(long seconds) {
        return Histories.START.plusSeconds(seconds);
    }

    private void run(String bootId, Instant startedAt, Consumer<RunHistory> told) {
        try (RunHistory history = Histories.open(database(), Histories.keeping(bootId, startedAt, Long.MAX_VALUE))) {
            told.accept(history);
        }
    }

    private <T> List<T> read(Function<HistoryEvents, List<T>> question) {
        try (HistoryReader reader = HistoryReader.open(database())) {
            return question.apply(reader.events());
        }
    }

    private ForgettingMatrix matrix(int files) {
        try (HistoryReader reader = HistoryReader.open(database())) {
            return reader.events().matrix(files);
        }
    }

    private Path database() {
        return folder.resolve("history.db");
    }
}
