package dev.stepwell.torch.checkpoint;

/// The moments of a save between two changes on disk, at which a crash must lose nothing, in the order in which
/// they come.
public enum SavePoint {
    /// The temporary folder is there, and empty.
    DIRECTORY_MADE,
    /// One more file is in it; comes once for each.
    FILE_WRITTEN,
    /// So is the manifest: it is whole, but the manifest is not flushed.
    MANIFEST_WRITTEN,
    /// Everything in it is on disk.
    FLUSHED,
    /// A checkpoint of the same step was moved out of the way; comes only where there is one.
    SAME_STEP_SET_ASIDE,
    /// The checkpoint has its name.
    RENAMED,
    /// One more file at the root is the new model's; comes once for each.
    ROOT_FILE_REPLACED,
    /// A checkpoint that retention does not keep has lost its name, but not its files. On the housekeeping
    /// thread.
    OLD_SET_ASIDE,
    /// It is gone.
    OLD_DELETED;

    /// Is told when a save, or a deletion, reaches a point. What tests use to look at, or to end, a process in
    /// that very state.
    @FunctionalInterface
    public interface Observer {
        Observer NONE = point -> {};

        void reached(SavePoint point);
    }
}
