package dev.stepwell.app.report;

import dev.stepwell.core.history.PastAlert;
import dev.stepwell.core.history.RunRecord;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.training.Evaluation.Score;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A model's life as JSON, for programs: `files`, `runs` and `alerts`, oldest first, and `totals`. What is not known is
/// null, never absent.
public final class HistoryJson {
    private HistoryJson() {}

    /// `life`, over several lines.
    public static String pretty(Life life) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        ArrayNode files = body.putArray("files");
        life.files().forEach(file -> put(files.addObject(), file));
        ArrayNode runs = body.putArray("runs");
        life.runs().forEach(run -> put(runs.addObject(), run));
        ArrayNode alerts = body.putArray("alerts");
        life.alerts().forEach(alert -> put(alerts.addObject(), alert));
        body.putObject("totals")
                .put("files", life.counts().files())
                .put("runs", life.counts().runs())
                .put("alerts", life.counts().alerts());
        return body.toPrettyString();
    }

    private static void put(ObjectNode node, Learnt file) {
        AttemptEnd end = file.history().end();
        AttemptEnd.Rows rows = file.rows();
        node.put("id", file.id())
                .put("name", file.name())
                .put("attempt", file.history().attempt().number())
                .put("began_at", text(file.history().attempt().beganAt()))
                .put("ended_at", text(file.history().endedAt()))
                .put(
                        "duration_s",
                        file.took() == null ? null : (Double) (file.took().toMillis() / 1e3))
                .put("outcome", end == null ? null : end.outcome().word())
                .put("base_step", file.history().attempt().baseStep())
                .put("end_step", end == null ? null : end.step())
                .put("steps_kept", file.history().stepsKept())
                .put("lost_from", file.history().lostFrom())
                .put("rows", rows == null ? null : (Long) rows.total())
                .put("trained", rows == null ? null : (Long) rows.trained())
                .put("rejected", rows == null ? null : (Long) rows.rejected())
                .put("held_out", rows == null ? null : (Long) rows.heldOut())
                .put("first_loss", end == null ? null : end.firstLoss())
                .put("last_loss", end == null ? null : end.lastLoss());
        score(node, "evaluation_before", file.before());
        score(node, "evaluation_after", file.after());
        error(
                node,
                end == null || end.error() == null ? null : end.error().type(),
                end == null || end.error() == null ? null : end.error().message());
    }

    private static void score(ObjectNode node, String name, @Nullable Score score) {
        if (score == null) {
            node.putNull(name);
            return;
        }
        node.putObject(name)
                .put("rows", score.rows())
                .put("cross_entropy", finite(score.crossEntropy()))
                .put("judged", score.judged())
                .put("right", score.right())
                .put("exact_match", score.exactMatch())
                .put("calibration_error", finite(score.calibrationError()));
    }

    private static void put(ObjectNode node, RunRecord run) {
        node.put("boot_id", run.bootId())
                .put("version", run.version())
                .put("started_at", text(run.startedAt()))
                .put("seen_at", text(run.seenAt()))
                .put("ended_at", text(run.endedAt()))
                .put("ending", run.ending() == null ? null : run.ending().word());
        error(
                node,
                run.failure() == null ? null : run.failure().type(),
                run.failure() == null ? null : run.failure().message());
    }

    private static void error(ObjectNode node, @Nullable String type, @Nullable String message) {
        if (type == null) {
            node.putNull("error");
        } else {
            node.putObject("error").put("type", type).put("message", message);
        }
    }

    private static void put(ObjectNode node, PastAlert past) {
        var alert = past.alert();
        node.put("type", alert.type())
                .put(
                        "severity",
                        alert.severity() == null ? null : alert.severity().word())
                .put("message", alert.message())
                .put("evidence", alert.evidence())
                .put("remedy", alert.remedy())
                .put("since", text(alert.since()))
                .put("until", text(past.until()))
                .put("step", alert.step());
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
