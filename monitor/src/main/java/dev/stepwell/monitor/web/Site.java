package dev.stepwell.monitor.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a server offers.
///
/// @param api    for who has the token
/// @param pages  for everybody on this machine
/// @param viewed what the dashboard needs; null where there is none
public record Site(
        List<Route> api, List<Page> pages, @Nullable Viewed viewed) {
    public Site {
        api = List.copyOf(api);
        pages = List.copyOf(pages);
    }

    /// A server without a dashboard.
    public static Site ofApi(List<Route> api) {
        return new Site(api, List.of(), null);
    }

    /// Who looks, and at what.
    ///
    /// @param sessions of browsers
    /// @param stream   what they are told
    public record Viewed(Sessions sessions, StatusStream stream) {}
}
