package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.StatusReading;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a watcher sees at one moment.
///
/// @param reading the newest status; of a daemon that cannot be reached, the last one that came
/// @param lost    why the daemon cannot be reached, in a few words; null if it can, or if nobody has to be
/// @param next    names of the files that wait, in their order, as far as they are known
/// @param locked  why commands cannot be given, in a sentence; null if they can
public record Sight(
        StatusReading reading,
        @Nullable String lost,
        List<String> next,
        @Nullable String locked) {
    public Sight {
        next = List.copyOf(next);
    }
}
