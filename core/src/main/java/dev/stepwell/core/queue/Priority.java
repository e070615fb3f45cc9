package dev.stepwell.core.queue;

import java.nio.file.Path;
import java.util.Locale;

/// Which files go first.
public enum Priority {
    HIGH(0),
    NORMAL(1),
    LOW(2);

    private final int rank;

    Priority(int rank) {
        this.rank = rank;
    }

    /// The word for it on command lines and in lists.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// How the database sorts it: lower is served first.
    int rank() {
        return rank;
    }

    /// @throws IllegalArgumentException if no priority has this rank
    static Priority ofRank(int rank) {
        for (Priority priority : values()) {
            if (priority.rank == rank) {
                return priority;
            }
        }
        throw new IllegalArgumentException("no priority has rank " + rank);
    }

    /// The priority of what lies under `inbox/high` or `inbox/low`; normal everywhere else.
    ///
    /// @param relative path of a file, from the inbox
    static Priority of(Path relative) {
        if (relative.getNameCount() < 2) {
            return NORMAL;
        }
        return switch (relative.getName(0).toString()) {
            case "high" -> HIGH;
            case "low" -> LOW;
            default -> NORMAL;
        };
    }
}
