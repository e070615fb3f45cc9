package dev.stepwell.core.progress;

/// What waits behind the file whose turn it is.
///
/// @param files how many
/// @param steps optimizer steps planned for them
/// @param bytes their size
public record Backlog(int files, long steps, long bytes) {
    public static final Backlog NONE = new Backlog(0, 0, 0);
}
