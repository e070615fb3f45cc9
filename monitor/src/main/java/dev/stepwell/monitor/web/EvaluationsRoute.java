package dev.stepwell.monitor.web;

import dev.stepwell.core.history.ForgettingMatrix;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.PastEvaluation;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Evaluation.Score;
import dev.stepwell.core.training.Evaluation.Subject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/v1/evaluations`: what the model knew of the fixed validation set over time, and of what earlier files
/// taught after each later one.
///
/// | parameter | |
/// |---|---|
/// | `from`, `to` | global steps of `fixed`, both included; by default all |
/// | `limit` | the newest of `fixed`, 1 to 10,000; by default 1,000 |
/// | `files` | rows of `matrix`, the newest, 1 to 500; by default 50 |
///
/// Answers with `fixed`, oldest first, and `matrix`: `columns` are sets of rows (`file_id` and `name` are null for the
/// fixed one), `rows` are files in the order in which they were learnt, each with `scores`, one for each column, null
/// where it was not asked.
final class EvaluationsRoute {
    private static final int MOST = 10_000;
    private static final int MOST_FILES = 500;

    private EvaluationsRoute() {}

    static Route of(HistoryTurns history) {
        return new Route("GET", "/api/v1/evaluations", request -> {
            long from = request.whole("from", 0, 0, Long.MAX_VALUE);
            long to = request.whole("to", Long.MAX_VALUE, 0, Long.MAX_VALUE);
            int limit = (int) request.whole("limit", 1_000, 1, MOST);
            int files = (int) request.whole("files", 50, 1, MOST_FILES);
            return history.read(reader -> answer(reader, from, to, limit, files));
        });
    }

    private static ObjectNode answer(HistoryReader reader, long from, long to, int limit, int files) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        List<PastEvaluation> fixed = reader.events().evaluations(from, to).stream()
                .filter(past -> past.evaluation().subject() instanceof Subject.Fixed)
                .toList();
        ArrayNode list = body.putArray("fixed");
        for (PastEvaluation past : fixed.subList(Math.max(0, fixed.size() - limit), fixed.size())) {
            Evaluation evaluation = past.evaluation();
            ObjectNode each = list.addObject()
                    .put("step", evaluation.globalStep())
                    .put("at", past.at().toString())
                    .put("occasion", evaluation.occasion().name().toLowerCase(Locale.ROOT))
                    .put("file_id", evaluation.fileId())
                    .put("file", evaluation.file());
            put(each, evaluation.score());
        }
        put(body.putObject("matrix"), reader.events().matrix(files));
        return body;
    }

    private static void put(ObjectNode node, ForgettingMatrix matrix) {
        ArrayNode columns = node.putArray("columns");
        for (ForgettingMatrix.Column column : matrix.columns()) {
            columns.addObject().put("file_id", column.fileId()).put("name", column.name());
        }
        ArrayNode rows = node.putArray("rows");
        for (ForgettingMatrix.Row row : matrix.rows()) {
            ObjectNode each = rows.addObject()
                    .put("file_id", row.fileId())
                    .put("file", row.file())
                    .put("step", row.step())
                    .put("at", row.at().toString());
            ArrayNode scores = each.putArray("scores");
            for (Score score : row.scores()) {
                if (score == null) {
                    scores.addNull();
                } else {
                    put(scores.addObject(), score);
                }
            }
        }
    }

    private static void put(ObjectNode node, Score score) {
        node.put("rows", score.rows())
                .put("set_rows", score.setRows())
                .put("cross_entropy", finite(score.crossEntropy()))
                .put("judged", score.judged())
                .put("right", score.right())
                .put("exact_match", score.exactMatch())
                .put("calibration_error", finite(score.calibrationError()));
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
