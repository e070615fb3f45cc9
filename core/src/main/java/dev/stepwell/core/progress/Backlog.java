package dev.stepwell.core.progress;

/// What waits behind the file whose turn it is.
///
/// @param files  how many
/// @param steps  optimizer steps planned for them
/// @param bytes  their size
/// @param tokens that all passes over them are expected to have, by samples of their rows; 0 if there are none
public record Backlog(int files, long steps, long bytes, long tokens) {
    public static final Backlog NONE = new Backlog(0, 0, 0);

    /// Of files of which no row was looked at.
    public Backlog(int files, long steps, long bytes) {
        this(files, steps, bytes, 0);
    }
}
