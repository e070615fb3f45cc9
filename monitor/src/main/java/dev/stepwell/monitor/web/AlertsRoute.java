package dev.stepwell.monitor.web;

import dev.stepwell.core.history.PastAlert;
import dev.stepwell.core.status.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `GET /api/v1/alerts`: alerts that stand and those that stood, newest first.
///
/// | parameter | |
/// |---|---|
/// | `limit` | at most so many, 1 to 10,000; by default 100 |
///
/// Answers with `total`, how many there were, and `alerts`: the fields of an alert in the status document, and `until`,
/// null while it stands.
final class AlertsRoute {
    private static final int MOST = 10_000;

    private AlertsRoute() {}

    static Route of(HistoryTurns history) {
        return new Route("GET", "/api/v1/alerts", request -> {
            int limit = (int) request.whole("limit", 100, 1, MOST);
            return history.read(reader -> answer(
                    reader.events().alertCount(), reader.events().alerts(limit).reversed()));
        });
    }

    private static ObjectNode answer(int total, List<PastAlert> alerts) {
        ObjectNode body = JsonMapper.shared().createObjectNode().put("total", total);
        ArrayNode list = body.putArray("alerts");
        for (PastAlert past : alerts) {
            Alert alert = past.alert();
            list.addObject()
                    .put("type", alert.type())
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
        return body;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
