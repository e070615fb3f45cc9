package dev.stepwell.core.history;

import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the history has beside steps, without what is superseded. Every list is oldest first; one with a limit has the
/// newest. A limit is positive.
public final class HistoryEvents {
    private final Handle handle;

    HistoryEvents(Handle handle) {
        this.handle = handle;
    }

    /// Processes.
    public List<RunRecord> runs(int limit) {
        return newest("SELECT * FROM run ORDER BY started_at DESC LIMIT :limit", limit, (rs) -> {
            String ending = rs.getString("ending");
            String type = rs.getString("error_type");
            return new RunRecord(
                    rs.getString("boot_id"),
                    rs.getString("version"),
                    Numbers.instant(rs, "started_at"),
                    Numbers.instant(rs, "seen_at"),
                    Numbers.instantOrNull(rs, "ended_at"),
                    ending == null ? null : RunRecord.Ending.of(ending),
                    type == null ? null : new Failure(type, rs.getString("error_message")));
        });
    }

    /// Attempts at files.
    public List<AttemptHistory> attempts(int limit) {
        return newest(ATTEMPTS + " ORDER BY began_at DESC, file_id DESC LIMIT :limit", limit, HistoryEvents::attempt);
    }

    /// All attempts at the file `fileId`.
    public List<AttemptHistory> attemptsAt(long fileId) {
        return handle.createQuery(ATTEMPTS + " WHERE file_id = :file ORDER BY began_at")
                .bind("file", fileId)
                .map((rs, _) -> attempt(rs))
                .list();
    }

    /// How many attempts there are.
    public int attemptCount() {
        return count("attempt");
    }

    /// How many processes there are.
    public int runCount() {
        return count("run");
    }

    /// How many alerts there are.
    public int alertCount() {
        return count("alert");
    }

    private int count(String table) {
        return handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(int.class)
                .one();
    }

    private static final String ATTEMPTS = """
            SELECT *, (SELECT min(first_step) FROM segment
                       WHERE began_at > attempt.ended_at AND first_step <= attempt.end_step) AS lost_from
            FROM attempt""";

    private static AttemptHistory attempt(ResultSet rs) throws SQLException {
        return new AttemptHistory(
                new FileAttempt(
                        rs.getLong("file_id"),
                        rs.getString("file"),
                        rs.getInt("number"),
                        Numbers.instant(rs, "began_at"),
                        rs.getLong("base_step")),
                Numbers.instantOrNull(rs, "ended_at"),
                end(rs),
                Numbers.whole(rs, "lost_from"));
    }

    private static @Nullable AttemptEnd end(ResultSet rs) throws SQLException {
        String outcome = rs.getString("outcome");
        if (outcome == null) {
            return null;
        }
        Long rows = Numbers.whole(rs, "row_count");
        String type = rs.getString("error_type");
        return new AttemptEnd(
                FileState.valueOf(outcome.toUpperCase(Locale.ROOT)),
                Numbers.whole(rs, "end_step"),
                rows == null
                        ? null
                        : new AttemptEnd.Rows(
                                rows, rs.getLong("trained"), rs.getLong("rejected"), rs.getLong("held_out")),
                Numbers.real(rs, "first_loss"),
                Numbers.real(rs, "last_loss"),
                type == null ? null : new FileReport.Cause(type, rs.getString("error_message")));
    }

    /// Evaluations from step `from` to `to`, both included.
    public List<PastEvaluation> evaluations(long from, long to) {
        return handle.createQuery("SELECT evaluation.* FROM evaluation JOIN shown USING (segment_id)"
                        + " WHERE global_step BETWEEN :from AND :to AND global_step <= last_step"
                        + " ORDER BY global_step, id")
                .bind("from", from)
                .bind("to", to)
                .map((rs, _) -> evaluation(rs))
                .list();
    }

    /// What was known after each file: see [ForgettingMatrix].
    ///
    /// @param files how many of the newest
    public ForgettingMatrix matrix(int files) {
        long from =
                handle.createQuery("""
                        SELECT coalesce(min(global_step), 0) FROM (
                          SELECT DISTINCT global_step, file_id FROM evaluation JOIN shown USING (segment_id)
                          WHERE occasion = 'after' AND global_step <= last_step
                          ORDER BY global_step DESC, file_id DESC LIMIT :files)""").bind("files", files).mapTo(long.class).one();
        return ForgettingMatrix.of(evaluations(from, Long.MAX_VALUE));
    }

    private static PastEvaluation evaluation(ResultSet rs) throws SQLException {
        String subject = rs.getString("subject");
        return new PastEvaluation(
                new Evaluation(
                        rs.getLong("global_step"),
                        Occasion.valueOf(rs.getString("occasion").toUpperCase(Locale.ROOT)),
                        rs.getLong("file_id"),
                        rs.getString("file"),
                        subject == null ? new Subject.Fixed() : new Subject.Learnt(rs.getLong("subject_id"), subject),
                        new Score(
                                rs.getInt("row_count"),
                                rs.getInt("set_rows"),
                                Numbers.orNan(rs, "cross_entropy"),
                                rs.getInt("judged"),
                                rs.getInt("right_answers"),
                                Numbers.orNan(rs, "calibration_error")),
                        Duration.ofMillis(rs.getLong("took_millis"))),
                Numbers.instant(rs, "at"));
    }

    /// Previews from step `from` to `to`, both included.
    public List<PastPreview> previews(long from, long to) {
        return handle.createQuery("""
                        SELECT preview.*, (SELECT label FROM mark WHERE kind = 'file'
                                             AND mark.global_step < preview.global_step
                                           ORDER BY mark.global_step DESC LIMIT 1) AS file
                        FROM preview JOIN shown USING (segment_id)
                        WHERE global_step BETWEEN :from AND :to AND global_step <= last_step
                        ORDER BY global_step, id""")
                .bind("from", from)
                .bind("to", to)
                .map((rs, _) -> preview(rs))
                .list();
    }

    private static PastPreview preview(ResultSet rs) throws SQLException {
        String prompt = rs.getString("prompt");
        return new PastPreview(
                rs.getLong("global_step"),
                Numbers.instant(rs, "at"),
                rs.getString("file"),
                rs.getDouble("accuracy_percent"),
                prompt == null
                        ? null
                        : new PastPreview.Answers(
                                rs.getString("system_prompt"),
                                prompt,
                                rs.getString("golden_answer"),
                                rs.getString("model_answer"),
                                rs.getBoolean("matches")));
    }

    /// Alerts, also those that stand.
    public List<PastAlert> alerts(int limit) {
        return newest("SELECT * FROM alert ORDER BY id DESC LIMIT :limit", limit, rs -> {
            String severity = rs.getString("severity");
            return new PastAlert(
                    new Alert(
                            rs.getString("type"),
                            severity == null ? null : Severity.valueOf(severity.toUpperCase(Locale.ROOT)),
                            rs.getString("message"),
                            rs.getString("evidence"),
                            rs.getString("remedy"),
                            Numbers.instant(rs, "since"),
                            Numbers.whole(rs, "step")),
                    Numbers.instantOrNull(rs, "until"));
        });
    }

    @FunctionalInterface
    private interface Row<T> {
        T of(ResultSet rs) throws SQLException;
    }

    private <T> List<T> newest(String sql, int limit, Row<T> row) {
        return handle.createQuery(sql)
                .bind("limit", limit)
                .map((rs, _) -> row.of(rs))
                .list()
                .reversed();
    }
}
