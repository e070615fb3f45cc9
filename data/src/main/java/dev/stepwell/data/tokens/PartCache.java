package dev.stepwell.data.tokens;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Ids of parts of texts that were met before: most words of a text are. Bounded, whatever the texts are; what was not
/// met for long is forgotten.
///
/// Safe to use from any thread.
final class PartCache {
    /// Longer parts hardly come again.
    private static final int LONGEST = 48;
    /// Of each of two generations. Both full, they take some tens of megabytes.
    private static final int CAPACITY = 1 << 16;

    private volatile Map<String, int[]> young = new ConcurrentHashMap<>();
    private volatile Map<String, int[]> old = Map.of();

    /// The ids of `part`, not to be changed; null if they are not known.
    int @Nullable [] find(String part) {
        int[] ids = young.get(part);
        if (ids == null) {
            ids = old.get(part);
            if (ids != null) {
                add(part, ids);
            }
        }
        return ids;
    }

    void add(String part, int[] ids) {
        if (part.length() > LONGEST) {
            return;
        }
        if (young.size() >= CAPACITY) {
            turn();
        }
        young.put(part, ids);
    }

    /// The young become old; what was old, and was not asked for since, goes.
    private synchronized void turn() {
        if (young.size() >= CAPACITY) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
    }
}
