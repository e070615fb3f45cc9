package dev.stepwell.monitor.web;

import java.nio.file.Path;
import java.util.List;

/// What can be asked of the run history.
public final class HistoryRoutes {
    private HistoryRoutes() {}

    /// The routes of `database`, which is there.
    public static List<Route> of(Path database) {
        HistoryTurns history = new HistoryTurns(database);
        return List.of(SeriesRoute.of(history), EvaluationsRoute.of(history), AlertsRoute.of(history));
    }
}
