package dev.stepwell.core.history;

import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileReport;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DisplayText;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.Preview;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The rows of all that is not a step. Every method belongs into a transaction of [HistoryWriter].
final class EventRows {
    /// Characters kept of each text of a preview.
    static final int MAX_TEXT = 2_000;

    private final Handle handle;
    private final String bootId;

    /// @param bootId of this process
    EventRows(Handle handle, String bootId) {
        this.handle = handle;
        this.bootId = bootId;
    }

    /// Where this process begins, those before it have ended: one that did not say how was killed.
    void keep(HistoryRecord.RunBegan run) {
        handle.execute("""
                UPDATE alert SET until = (SELECT seen_at FROM run WHERE run.boot_id = alert.boot_id)
                WHERE until IS NULL AND EXISTS (SELECT 1 FROM run WHERE run.boot_id = alert.boot_id)""");
        handle.execute("UPDATE run SET ended_at = seen_at, ending = 'killed' WHERE ended_at IS NULL");
        handle.createUpdate(
                        "INSERT INTO run (boot_id, version, started_at, seen_at) VALUES (:boot, :version, :at, :at)")
                .bind("boot", bootId)
                .bind("version", run.version())
                .bind("at", run.at().toEpochMilli())
                .execute();
    }

    /// Alerts end with the process that raised them.
    void keep(HistoryRecord.RunEnded run) {
        Failure failure = run.failure();
        handle.createUpdate("UPDATE run SET ended_at = :at, ending = :ending, error_type = :type,"
                        + " error_message = :message WHERE boot_id = :boot")
                .bind("at", run.at().toEpochMilli())
                .bind("ending", run.state().word())
                .bind("type", failure == null ? null : failure.type())
                .bind("message", failure == null ? null : DisplayText.full(failure.message()))
                .bind("boot", bootId)
                .execute();
        close(run.at(), List.of());
    }

    /// This process was heard of.
    void seen(Instant at) {
        handle.execute("UPDATE run SET seen_at = max(seen_at, ?) WHERE boot_id = ?", at.toEpochMilli(), bootId);
    }

    void keep(HistoryRecord.AttemptBegan began) {
        FileAttempt attempt = began.attempt();
        handle.createUpdate("""
                        INSERT INTO attempt (file_id, number, began_at, file, base_step)
                        VALUES (:id, :number, :began, :file, :base)
                        ON CONFLICT (file_id, number, began_at) DO UPDATE
                          SET ended_at = NULL, outcome = NULL, error_type = NULL, error_message = NULL""")
                .bind("id", attempt.fileId())
                .bind("number", attempt.number())
                .bind("began", attempt.beganAt().toEpochMilli())
                .bind("file", attempt.file())
                .bind("base", attempt.baseStep())
                .execute();
    }

    void keep(HistoryRecord.AttemptEnded ended) {
        FileAttempt attempt = ended.attempt();
        AttemptEnd end = ended.end();
        AttemptEnd.Rows rows = end.rows();
        FileReport.Cause error = end.error();
        handle.createUpdate("""
                        INSERT OR REPLACE INTO attempt VALUES
                          (:id, :number, :began, :file, :base, :ended, :outcome, :step, :rows, :trained, :rejected,
                           :heldOut, :firstLoss, :lastLoss, :type, :message)""")
                .bind("id", attempt.fileId())
                .bind("number", attempt.number())
                .bind("began", attempt.beganAt().toEpochMilli())
                .bind("file", attempt.file())
                .bind("base", attempt.baseStep())
                .bind("ended", ended.at().toEpochMilli())
                .bind("outcome", end.outcome().word())
                .bind("step", end.step())
                .bind("rows", rows == null ? null : (Long) rows.total())
                .bind("trained", rows == null ? null : (Long) rows.trained())
                .bind("rejected", rows == null ? null : (Long) rows.rejected())
                .bind("heldOut", rows == null ? null : (Long) rows.heldOut())
                .bind("firstLoss", end.firstLoss())
                .bind("lastLoss", end.lastLoss())
                .bind("type", error == null ? null : error.type())
                .bind("message", error == null ? null : DisplayText.full(error.message()))
                .execute();
    }

    void keep(HistoryRecord.Previewed previewed, long segment) {
        Preview preview = previewed.preview();
        handle.createUpdate("INSERT INTO preview VALUES"
                        + " (NULL, :segment, :step, :at, :accuracy, :matches, :system, :prompt, :golden, :answer)")
                .bind("segment", segment)
                .bind("step", preview.globalStep())
                .bind("at", previewed.at().toEpochMilli())
                .bind("accuracy", previewed.accuracyPercent())
                .bind("matches", preview.matches())
                .bind("system", cut(preview.systemPrompt()))
                .bind("prompt", cut(preview.prompt()))
                .bind("golden", cut(preview.goldenAnswer()))
                .bind("answer", cut(preview.modelAnswer()))
                .execute();
    }

    private static @Nullable String cut(@Nullable String text) {
        return text == null ? null : DisplayText.cut(text, MAX_TEXT);
    }

    void keep(HistoryRecord.Scored scored, long segment) {
        Evaluation evaluation = scored.evaluation();
        Score score = evaluation.score();
        Subject.Learnt learnt = evaluation.subject() instanceof Subject.Learnt file ? file : null;
        handle.createUpdate("""
                        INSERT INTO evaluation VALUES
                          (NULL, :segment, :step, :at, :occasion, :fileId, :file, :subjectId, :subject, :rows, :setRows,
                           :crossEntropy, :judged, :right, :calibration, :took)""")
                .bind("segment", segment)
                .bind("step", evaluation.globalStep())
                .bind("at", scored.at().toEpochMilli())
                .bind("occasion", evaluation.occasion().name().toLowerCase(Locale.ROOT))
                .bind("fileId", evaluation.fileId())
                .bind("file", evaluation.file())
                .bind("subjectId", learnt == null ? null : (Long) learnt.fileId())
                .bind("subject", learnt == null ? null : learnt.name())
                .bind("rows", score.rows())
                .bind("setRows", score.setRows())
                .bind("crossEntropy", Numbers.finite(score.crossEntropy()))
                .bind("judged", score.judged())
                .bind("right", score.right())
                .bind("calibration", Numbers.finite(score.calibrationError()))
                .bind("took", evaluation.took().toMillis())
                .execute();
    }

    /// Of a step that takes long, the last look counts.
    void keep(HistoryRecord.Looked looked) {
        MachineFigures figures = looked.figures();
        List<Gpu> gpus = figures.gpus();
        DoubleSummaryStatistics busy = gpus.stream()
                .map(Gpu::busyPercent)
                .filter(Objects::nonNull)
                .collect(Collectors.summarizingDouble(Double::doubleValue));
        LongSummaryStatistics memory = gpus.stream()
                .map(Gpu::memoryUsedBytes)
                .filter(Objects::nonNull)
                .collect(Collectors.summarizingLong(Long::longValue));
        handle.createUpdate("INSERT OR REPLACE INTO machine VALUES"
                        + " (:step, :at, :cpu, :memory, :process, :disk, :gpu, :gpuMemory)")
                .bind("step", looked.globalStep())
                .bind("at", looked.at().toEpochMilli())
                .bind("cpu", figures.cpuPercent())
                .bind("memory", figures.memoryUsedBytes())
                .bind("process", figures.processMemoryBytes())
                .bind("disk", figures.diskFreeBytes())
                .bind("gpu", busy.getCount() == 0 ? null : (Double) busy.getAverage())
                .bind("gpuMemory", memory.getCount() == 0 ? null : (Long) memory.getSum())
                .execute();
    }

    /// One that stands goes on as it was first seen, in its newest words.
    void keep(HistoryRecord.Alerted alerted) {
        close(alerted.at(), alerted.standing());
        for (Alert alert : alerted.standing()) {
            Instant since = alert.since() == null ? alerted.at() : alert.since();
            int known = bound(
                            "UPDATE alert SET severity = :severity, message = :message, evidence = :evidence,"
                                    + " remedy = :remedy WHERE boot_id = :boot AND type = :type AND until IS NULL",
                            alert)
                    .execute();
            if (known == 0) {
                bound(
                                "INSERT INTO alert VALUES (NULL, :boot, :type, :severity, :message, :evidence, :remedy,"
                                        + " :since, NULL, :step)",
                                alert)
                        .bind("since", since.toEpochMilli())
                        .bind("step", alert.step())
                        .execute();
            }
        }
    }

    private Update bound(String sql, Alert alert) {
        return handle.createUpdate(sql)
                .bind("boot", bootId)
                .bind("type", alert.type())
                .bind(
                        "severity",
                        alert.severity() == null ? null : alert.severity().word())
                .bind("message", DisplayText.full(alert.message()))
                .bind("evidence", DisplayText.fullOrNull(alert.evidence()))
                .bind("remedy", DisplayText.fullOrNull(alert.remedy()));
    }

    /// Alerts of this process that are none of `standing` are over.
    private void close(Instant at, List<Alert> standing) {
        List<String> types = standing.stream().map(Alert::type).toList();
        List<Over> open = handle.createQuery(
                        "SELECT id, type FROM alert WHERE boot_id = :boot AND until IS NULL ORDER BY id")
                .bind("boot", bootId)
                .map((rs, _) -> new Over(rs.getLong("id"), rs.getString("type")))
                .list();
        for (Over alert : open) {
            if (!types.contains(alert.type())) {
                handle.execute("UPDATE alert SET until = ? WHERE id = ?", at.toEpochMilli(), alert.id());
            }
        }
    }

    private record Over(long id, String type) {}
}
