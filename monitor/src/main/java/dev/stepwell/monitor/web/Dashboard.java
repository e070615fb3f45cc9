package dev.stepwell.monitor.web;

import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.monitor.metrics.MetricsText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The pages of the dashboard, and what programs read without a token.
///
/// | path | what |
/// |---|---|
/// | `/` and `/assets/…` | the dashboard; it shows nothing to who has not come by a link |
/// | `/status/training_status.json` | the status document, where the original's pages look for it |
/// | `/healthz` | 200 while the process answers |
/// | `/readyz` | 200 once the model is loaded, 503 before that and after the end |
/// | `/metrics` | the status as metrics, for Prometheus |
public final class Dashboard {
    private static final List<String> SCRIPTS = List.of(
            "alerts.js",
            "attention.js",
            "charts.js",
            "controls.js",
            "desk.js",
            "details.js",
            "differences.js",
            "dom.js",
            "events.js",
            "figures.js",
            "knowledge.js",
            "machine.js",
            "main.js",
            "marks.js",
            "pace.js",
            "plot.js",
            "preview.js",
            "progress.js",
            "queue.js",
            "range.js",
            "reading.js",
            "rows.js",
            "series.js",
            "session.js",
            "smooth.js",
            "state.js",
            "tab.js",
            "theme.js",
            "upload.js",
            "words.js");

    private static final String UPLOT_VERSION = "1.6.30";

    private Dashboard() {}

    /// All of them.
    public static List<Page> pages(Supplier<StatusDocument> status, MetricsText metrics) {
        List<Page> pages = new ArrayList<>();
        pages.add(Page.fixed("/", "text/html; charset=utf-8", resource("index.html")));
        pages.add(Page.fixed("/assets/dashboard.css", "text/css; charset=utf-8", resource("dashboard.css")));
        for (String script : SCRIPTS) {
            pages.add(Page.fixed("/assets/" + script, "text/javascript; charset=utf-8", resource(script)));
        }
        pages.add(Page.fixed("/assets/uplot.js", "text/javascript; charset=utf-8", uplot("uPlot.esm.js")));
        pages.add(Page.fixed("/assets/uplot.css", "text/css; charset=utf-8", uplot("uPlot.min.css")));
        pages.addAll(probes(status, metrics));
        return pages;
    }

    /// What is there without a dashboard, too.
    public static List<Page> probes(Supplier<StatusDocument> status, MetricsText metrics) {
        List<Page> probes = new ArrayList<>(ApiDescription.pages());
        probes.addAll(List.of(
                new Page(
                        "/status/training_status.json",
                        true,
                        _ -> content(
                                200,
                                "application/json; charset=utf-8",
                                status.get().toJson().toString())),
                new Page("/healthz", false, _ -> text(200, "ok\n")),
                new Page("/readyz", false, _ -> readiness(status.get())),
                new Page("/metrics", true, accepted -> {
                    MetricsText.Written written = metrics.write(accepted);
                    return new Page.Content(200, written.type(), written.bytes());
                })));
        return probes;
    }

    private static Page.Content readiness(StatusDocument document) {
        DaemonState state = document.state();
        if (state == null) {
            return text(503, "unknown\n");
        }
        return switch (state) {
            case IDLE, TRAINING, PAUSED -> text(200, state.word() + "\n");
            case STARTING, COMPLETED, STOPPED, CRASHED -> text(503, state.word() + "\n");
        };
    }

    private static Page.Content text(int status, String text) {
        return content(status, "text/plain; charset=utf-8", text);
    }

    private static Page.Content content(int status, String type, String text) {
        return new Page.Content(status, type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] resource(String name) {
        return Resources.read("page/" + name);
    }

    /// The charts' library, out of its WebJar.
    private static byte[] uplot(String name) {
        return Resources.read("/META-INF/resources/webjars/uplot/%s/dist/%s".formatted(UPLOT_VERSION, name));
    }
}
