package dev.stepwell.app.report;

import dev.stepwell.core.history.AttemptHistory;
import dev.stepwell.core.history.HistoryEvents;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.PastAlert;
import dev.stepwell.core.history.PastEvaluation;
import dev.stepwell.core.history.RunRecord;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.Liveness;
import dev.stepwell.core.status.StatusReader;
import java.time.Instant;
import java.util.List;

/// What happened in the life of a model, oldest first: as much of it as was asked for.
///
/// @param files   attempts at files
/// @param runs    processes of the daemon
/// @param alerts  those that stand and those that stood
/// @param counts  how many of each there are
/// @param running whether a daemon runs now
public record Life(List<Learnt> files, List<RunRecord> runs, List<PastAlert> alerts, Counts counts, boolean running) {
    public Life {
        files = List.copyOf(files);
        runs = List.copyOf(runs);
        alerts = List.copyOf(alerts);
    }

    /// How many there are.
    public record Counts(int files, int runs, int alerts) {}

    /// The newest of each.
    ///
    /// @param limit how many; 0 for all
    public static Life read(BaseDirectory base, HistoryReader reader, int limit, Instant now) {
        HistoryEvents events = reader.events();
        int most = limit == 0 ? Integer.MAX_VALUE : limit;
        return new Life(
                learnt(events, events.attempts(most)),
                events.runs(most),
                events.alerts(most),
                new Counts(events.attemptCount(), events.runCount(), events.alertCount()),
                running(base, now));
    }

    /// What concerns the file `fileId`: no files where there was no attempt at it. Alerts are those that stood while
    /// it was trained.
    public static Life ofFile(BaseDirectory base, HistoryReader reader, long fileId, Instant now) {
        HistoryEvents events = reader.events();
        List<Learnt> files = learnt(events, events.attemptsAt(fileId));
        List<PastAlert> alerts = events.alerts(Integer.MAX_VALUE).stream()
                .filter(alert -> files.stream().anyMatch(file -> meanwhile(file, alert)))
                .toList();
        return new Life(files, List.of(), alerts, new Counts(files.size(), 0, alerts.size()), running(base, now));
    }

    private static boolean meanwhile(Learnt file, PastAlert alert) {
        Instant ended = file.history().endedAt();
        Instant since = alert.alert().since();
        boolean beganBefore = ended == null || since == null || since.isBefore(ended);
        boolean endedAfter = alert.until() == null
                || alert.until().isAfter(file.history().attempt().beganAt());
        return beganBefore && endedAfter;
    }

    private static List<Learnt> learnt(HistoryEvents events, List<AttemptHistory> attempts) {
        long from = attempts.stream()
                .mapToLong(each -> each.attempt().baseStep())
                .min()
                .orElse(0);
        List<PastEvaluation> evaluations = attempts.isEmpty() ? List.of() : events.evaluations(from, Long.MAX_VALUE);
        return attempts.stream().map(each -> Learnt.of(each, evaluations)).toList();
    }

    private static boolean running(BaseDirectory base, Instant now) {
        return switch (Liveness.of(StatusReader.read(base.statusFile()), now).verdict()) {
            case STARTING, TRAINING, IDLE, PAUSED -> true;
            case NEVER_STARTED, COMPLETED, STOPPED, CRASHED, GONE, UNKNOWN -> false;
        };
    }
}
