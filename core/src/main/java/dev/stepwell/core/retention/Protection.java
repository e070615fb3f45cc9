package dev.stepwell.core.retention;

/// Why a thing is kept whatever the budgets say.
public enum Protection {
    /// Training goes on from it.
    NEWEST_VALID("newest valid"),
    /// Among the newest of which a fixed number is kept.
    NEWEST_FEW("among the newest that are always kept"),
    /// A snapshot is being made of it.
    SNAPSHOT_SOURCE("a snapshot is being made of it"),
    /// It is not finished yet.
    BEING_WRITTEN("being written");

    private final String words;

    Protection(String words) {
        this.words = words;
    }

    /// The reason, for people.
    public String words() {
        return words;
    }
}
