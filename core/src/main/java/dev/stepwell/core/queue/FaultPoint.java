package dev.stepwell.core.queue;

/// The moments between two durable changes, at which a crash must lose nothing.
public enum FaultPoint {
    /// Rows of a batch exist; its files are still in the inbox.
    TAKING_RECORDED,
    /// A batch is in the queue directory, not counted yet.
    TAKING_MOVED,
    /// A batch is counted; the counts are not in the database yet.
    TAKING_COUNTED,
    /// A batch waits.
    TAKING_DONE,
    /// A file is claimed; its training has not begun.
    CLAIMED,
    /// A trainer has returned; nobody knows yet.
    TRAINED,
    /// A report is written; the row still says what it said.
    REPORT_WRITTEN,
    /// The row says that the file is settled; the file is still in the queue directory.
    ROW_SETTLED,
    /// The file is where it stays.
    FILE_RETIRED;

    /// Is told when the work reaches a point. What tests use to look at, or to end, a process in that very state.
    @FunctionalInterface
    public interface Observer {
        Observer NONE = point -> {};

        void reached(FaultPoint point);
    }
}
