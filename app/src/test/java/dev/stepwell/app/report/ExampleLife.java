package dev.stepwell.app.report;

import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.history.RunHistory.Keeping;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/// A model's life that never was: files that were learnt, evaluated, and forgotten a little, in a base directory.
///
/// @param files        how many
/// @param stepsOfFile  in each
/// @param hostile      what every name and text has in it
public record ExampleLife(int files, int stepsOfFile, String hostile) {
    static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

    private static final int ROWS_ASKED = 40;

    /// Writes it.
    ///
    /// @return its base directory
    BaseDirectory in(Path root) throws IOException {
        BaseDirectory base = new BaseDirectory(root);
        base.create();
        try (RunHistory history = open(base, "first", START)) {
            for (int file = 1; file <= files; file++) {
                learn(history, file);
            }
            history.ended(DaemonState.STOPPED, null, at(files, stepsOfFile));
        }
        return base;
    }

    /// The report of it, made a day later.
    ///
    /// @param root where its base directory is made
    public String report(Path root) throws IOException {
        BaseDirectory base = in(root);
        Story.Telling telling = new Story.Telling("tutor", "1.2.3", START.plusSeconds(86_400));
        try (HistoryReader reader = HistoryReader.open(base.history())) {
            return ReportPage.of(Story.of(base, reader, telling), ZoneOffset.UTC);
        }
    }

    /// The history of another process.
    static RunHistory open(BaseDirectory base, String bootId, Instant startedAt) {
        Keeping keeping = new Keeping(new ProcessIdentity(1, bootId, startedAt), "1.2.3", Long.MAX_VALUE);
        return RunHistory.open(base.history(), keeping, new RunHistory.Outages() {
            @Override
            public void began(String problem) {
                throw new AssertionError(problem);
            }

            @Override
            public void over() {
                throw new AssertionError("nothing was wrong");
            }
        });
    }

    String name(int file) {
        return "lesson_%02d%s.jsonl".formatted(file, hostile);
    }

    long base(int file) {
        return (long) (file - 1) * stepsOfFile;
    }

    private Instant at(int file, int step) {
        return START.plusMillis(400 * (base(file) + step) + 60_000L * file);
    }

    private void learn(RunHistory history, int file) {
        SplittableRandom random = new SplittableRandom(file);
        FileAttempt attempt = new FileAttempt(file, name(file), 1, at(file, 0), base(file));
        history.attemptBegan(attempt, at(file, 0));
        history.fileStarted(base(file), name(file), at(file, 0));
        ask(history, file, 0, Occasion.BEFORE);
        double first = 0;
        double last = 0;
        for (int step = 1; step <= stepsOfFile; step++) {
            double life = base(file) + step;
            last = 0.4
                    + 3 * Math.exp(-life / (6.0 * stepsOfFile))
                    + 0.6 * Math.exp(-step / (stepsOfFile / 4.0))
                    + 0.1 * random.nextDouble();
            first = step == 1 ? last : first;
            history.step(
                    base(file) + step,
                    new StepCompleted(step, 0, last, 5e-4, 1, 2_000, 400_000_000L + random.nextInt(80_000_000)),
                    at(file, step));
        }
        ask(history, file, stepsOfFile, Occasion.AFTER);
        preview(history, file);
        if (file % 5 == 0) {
            Alert slow = new Alert(
                    "slow_disk" + hostile,
                    Severity.WARNING,
                    "Saving took longer than training." + hostile,
                    "12 s for each save" + hostile,
                    "Move the base directory to a faster disk." + hostile,
                    at(file, 3),
                    base(file) + 3);
            history.alerts(List.of(slow), at(file, 3));
            history.alerts(List.of(), at(file, stepsOfFile));
        }
        boolean failed = file % 7 == 0;
        int heldOut = file % 5 == 2 ? 12 : 0;
        history.attemptEnded(
                attempt,
                new AttemptEnd(
                        failed ? FileState.FAILED : FileState.COMPLETED,
                        base(file) + stepsOfFile,
                        new AttemptEnd.Rows(4L * stepsOfFile + file % 3 + heldOut, 4L * stepsOfFile, file % 3, heldOut),
                        first,
                        last,
                        failed ? new FileReport.Cause("NonFiniteLoss", "The loss was NaN." + hostile) : null),
                at(file, stepsOfFile));
    }

    /// Of each file learnt less is known with each that follows it.
    private void ask(RunHistory history, int file, int step, Occasion occasion) {
        score(
                history,
                file,
                step,
                occasion,
                new Subject.Fixed(),
                0.2 + 0.6 * (occasion == Occasion.BEFORE ? file - 1 : file) / files);
        if (occasion == Occasion.AFTER) {
            for (int learnt = Math.max(1, file - 7); learnt <= file; learnt++) {
                double known = Math.max(0.1, 0.95 - 0.11 * (file - learnt) + 0.02 * (learnt % 3));
                score(history, file, step, occasion, new Subject.Learnt(learnt, name(learnt)), known);
            }
        }
    }

    private void score(RunHistory history, int file, int step, Occasion occasion, Subject subject, double known) {
        int right = (int) Math.min(ROWS_ASKED, Math.round(known * ROWS_ASKED));
        Score score = new Score(ROWS_ASKED, 60, 2.2 * (1 - known) + 0.1, ROWS_ASKED, right, 0.08);
        history.scored(
                new Evaluation(base(file) + step, occasion, file, name(file), subject, score, Duration.ofSeconds(2)),
                at(file, step));
    }

    private void preview(RunHistory history, int file) {
        String golden = "The capital of Austria is Vienna, on the Danube. " + hostile;
        String answer = file % 3 == 0 ? golden : "The capital of Australia is Vienna on the the Danube. " + hostile;
        history.previewed(
                new Preview(
                        base(file) + stepsOfFile,
                        "You are a patient teacher." + hostile,
                        "What is the capital of Austria, and where does it lie?\nAnswer in a sentence." + hostile,
                        golden,
                        answer,
                        answer.equals(golden)),
                50,
                at(file, stepsOfFile));
    }
}
