package dev.stepwell.core.queue;

/// Files that wait, and what they will take; or by how much a change makes that more or less.
///
/// @param files how many
/// @param steps optimizer steps they will take
/// @param bytes their size
record Waiting(int files, long steps, long bytes) {
    static final Waiting NONE = new Waiting(0, 0, 0);

    /// One file.
    ///
    /// @param steps optimizer steps it will take
    static Waiting one(QueuedFile file, long steps) {
        return new Waiting(1, steps, file.bytes());
    }

    /// What `file` adds to those that wait, in its present state.
    static Waiting of(QueuedFile file) {
        return file.state() == FileState.WAITING ? one(file, file.plannedSteps()) : NONE;
    }

    Waiting plus(Waiting other) {
        return new Waiting(files + other.files, steps + other.steps, bytes + other.bytes);
    }

    Waiting minus(Waiting other) {
        return new Waiting(files - other.files, steps - other.steps, bytes - other.bytes);
    }
}
