package dev.stepwell.monitor.web;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// How many connections a server may hold: no more than half of the files that the process may have open, for who
/// holds them all must not keep a checkpoint from being written.
final class Connections {
    /// For requests; the rest is for watchers, who stay.
    static final int FOR_REQUESTS = 128;

    private static final int MOST_WATCHERS = 10_240;

    private Connections() {}

    /// How many may watch at a time.
    static int watchers() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? watchers(unix.getMaxFileDescriptorCount())
                : MOST_WATCHERS;
    }

    /// How many where a second server, for commands, has its share.
    static int watchersBesideCommands() {
        return Math.max(FOR_REQUESTS, watchers() - 2 * FOR_REQUESTS);
    }

    /// The same where so many files may be open.
    static int watchers(long files) {
        return Math.clamp(files / 2 - FOR_REQUESTS, FOR_REQUESTS, MOST_WATCHERS);
    }
}
