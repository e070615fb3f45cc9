package dev.stepwell.core.queue;

import java.util.Map;

/// What the queue amounts to, over all its life.
///
/// @param waiting      files that wait, of each priority that has some
/// @param files        files of each state that has some
/// @param rowsTrained  rows trained, once for each pass, as the newest attempts at the files count them
/// @param rowsRejected rows refused
public record QueueTotals(
        Map<Priority, Long> waiting, Map<FileState, Long> files, long rowsTrained, long rowsRejected) {
    public QueueTotals {
        waiting = Map.copyOf(waiting);
        files = Map.copyOf(files);
    }
}
