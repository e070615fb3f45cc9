package dev.stepwell.core.queue;

/// Files that wait, and what they will take, and copies that are held; or by how much a change makes that more or less.
///
/// @param files        how many wait
/// @param steps        optimizer steps they will take
/// @param bytes        their size
/// @param tokens       that they are expected to have, of those that were sampled
/// @param sampledBytes size of those
/// @param copies       held because their bytes are those of another file
record Waiting(int files, long steps, long bytes, long tokens, long sampledBytes, int copies) {
    static final Waiting NONE = new Waiting(0, 0, 0, 0, 0, 0);
    static final Waiting ONE_COPY = new Waiting(0, 0, 0, 0, 0, 1);

    /// One file that waits.
    ///
    /// @param steps  optimizer steps it will take
    /// @param tokens that it is expected to have; 0 if nobody knows
    static Waiting one(QueuedFile file, long steps, long tokens) {
        return new Waiting(1, steps, file.bytes(), tokens, tokens > 0 ? file.bytes() : 0, 0);
    }

    /// The same, counted before.
    static Waiting one(QueuedFile file) {
        return one(file, file.plannedSteps(), file.expectedTokens());
    }

    /// What `file` adds to them, in its present state.
    static Waiting of(QueuedFile file) {
        if (file.state() == FileState.WAITING) {
            return one(file);
        }
        return file.held() == HoldReason.DUPLICATE ? ONE_COPY : NONE;
    }

    Waiting plus(Waiting other) {
        return new Waiting(
                files + other.files,
                steps + other.steps,
                bytes + other.bytes,
                tokens + other.tokens,
                sampledBytes + other.sampledBytes,
                copies + other.copies);
    }

    Waiting minus(Waiting other) {
        return new Waiting(
                files - other.files,
                steps - other.steps,
                bytes - other.bytes,
                tokens - other.tokens,
                sampledBytes - other.sampledBytes,
                copies - other.copies);
    }
}
