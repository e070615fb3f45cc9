package dev.stepwell.app.daemon;

import dev.stepwell.app.config.WebSettings;
import dev.stepwell.core.control.Control;
import dev.stepwell.core.queue.QueueDesk;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.monitor.web.ControlRoutes;
import dev.stepwell.monitor.web.HistoryRoutes;
import dev.stepwell.monitor.web.Route;
import dev.stepwell.monitor.web.Sessions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the daemon's server can be asked for by who has the token. `openapi.json` describes each of them.
final class DaemonSite {
    private DaemonSite() {}

    /// With a dashboard or without.
    ///
    /// @param history the database of the run history, which is there
    static List<Route> routes(
            Control control, StatusBoard board, StatusPublisher publisher, QueueDesk desk, Path history) {
        List<Route> routes = new ArrayList<>(ControlRoutes.of(control, board, publisher));
        routes.addAll(DeskRoute.of(desk));
        routes.addAll(HistoryRoutes.of(history));
        return routes;
    }

    /// `routes`, and what lets browsers in.
    static List<Route> withLinks(List<Route> routes, Sessions sessions, WebSettings web) {
        List<Route> all = new ArrayList<>(routes);
        all.add(DashboardLink.route(sessions, web));
        return all;
    }
}
