package dev.stepwell.monitor.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a server offers.
///
/// @param api    for who has the token
/// @param pages  for everybody on this machine
/// @param viewed  what the dashboard needs; null where there is none
/// @param uploads where files go that are sent; null where none are taken
public record Site(
        List<Route> api,
        List<Page> pages,
        @Nullable Viewed viewed,
        @Nullable Uploads uploads) {
    public Site {
        api = List.copyOf(api);
        pages = List.copyOf(pages);
    }

    /// A server that takes no files.
    public Site(List<Route> api, List<Page> pages, @Nullable Viewed viewed) {
        this(api, pages, viewed, null);
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
