package dev.stepwell.core.queue;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// Keeps a log readable: what stays as it is, look after look, is said the first time only.
///
/// Not thread-safe: belongs to the intake.
final class SaidOnce {
    private final Map<Path, String> said = new HashMap<>();

    /// Whether `what` of `path` is news.
    boolean isNews(Path path, String what) {
        return !what.equals(said.put(path, what));
    }

    /// Forgets everything but `present`: a file of an old name that comes anew is news.
    void retain(Collection<Path> present) {
        said.keySet().retainAll(present);
    }
}
