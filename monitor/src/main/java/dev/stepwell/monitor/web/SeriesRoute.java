package dev.stepwell.monitor.web;

import dev.stepwell.core.history.Curve;
import dev.stepwell.core.history.HistoryReader;
import dev.stepwell.core.history.HistoryReader.Extent;
import dev.stepwell.core.history.Mark;
import dev.stepwell.core.history.Metric;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/v1/series`: what was measured, over any range of steps, thinned to what a chart can show.
///
/// | parameter | |
/// |---|---|
/// | `metrics` | words of [Metric], with commas between; by default `loss` |
/// | `from`, `to` | global steps, both included; by default all |
/// | `points` | of each metric at most, 2 to 10,000; by default 1,000 |
///
/// Answers with `first_step` and `last_step` that there are (null before the first), `series` with a `step`, `at`
/// (milliseconds since 1970) and `value` for each metric, the `checkpoints` in the range, and the
/// `files` whose first step is in it or nearest before it.
final class SeriesRoute {
    private static final int MOST_POINTS = 10_000;

    private SeriesRoute() {}

    /// The series of `history`.
    static Route of(HistoryTurns history) {
        return new Route("GET", "/api/v1/series", request -> {
            List<Metric> metrics = Arrays.stream(request.query()
                            .getOrDefault("metrics", Metric.LOSS.word())
                            .split(",", -1))
                    .map(SeriesRoute::metric)
                    .distinct()
                    .toList();
            long from = request.whole("from", 0, 0, Long.MAX_VALUE);
            long to = request.whole("to", Long.MAX_VALUE, 0, Long.MAX_VALUE);
            int points = (int) request.whole("points", 1_000, 2, MOST_POINTS);
            return history.read(reader -> series(reader, metrics, from, to, points));
        });
    }

    private static Metric metric(String word) {
        return Metric.of(word)
                .orElseThrow(() -> new BadRequestException("metrics has one that is not known; there are "
                        + Arrays.stream(Metric.values()).map(Metric::word).collect(Collectors.joining(", "))));
    }

    private static ObjectNode series(HistoryReader reader, List<Metric> metrics, long from, long to, int points) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        Optional<Extent> extent = reader.extent();
        body.put("first_step", extent.map(Extent::first).orElse(null));
        body.put("last_step", extent.map(Extent::last).orElse(null));
        ObjectNode series = body.putObject("series");
        for (Metric metric : metrics) {
            put(series.putObject(metric.word()), reader.curve(metric, from, to).downsampled(points));
        }
        put(body.putArray("files"), thinned(reader.files(from, to), points));
        put(body.putArray("checkpoints"), thinned(reader.marks(Mark.Kind.CHECKPOINT, from, to), points));
        return body;
    }

    /// The newest ones: more marks than points could not be told apart.
    private static List<Mark> thinned(List<Mark> marks, int points) {
        return marks.size() <= points ? marks : marks.subList(marks.size() - points, marks.size());
    }

    private static void put(ObjectNode node, Curve curve) {
        ArrayNode steps = node.putArray("step");
        ArrayNode times = node.putArray("at");
        ArrayNode values = node.putArray("value");
        for (int i = 0; i < curve.size(); i++) {
            steps.add(curve.steps()[i]);
            times.add(curve.at()[i]);
            values.add(curve.values()[i]);
        }
    }

    private static void put(ArrayNode node, List<Mark> marks) {
        for (Mark mark : marks) {
            ObjectNode each = node.addObject();
            each.put("step", mark.globalStep());
            each.put("at", Instant.ofEpochMilli(mark.at()).toString());
            if (mark.kind() == Mark.Kind.FILE) {
                each.put("name", mark.label());
            }
        }
    }
}
