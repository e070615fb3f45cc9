package dev.stepwell.monitor.metrics;

import java.util.Map;

/// What a queue amounts to, by the words of its JSON.
///
/// @param waitingByPriority files that wait
/// @param filesByOutcome    files that the queue is done with
/// @param rowsTrained       rows trained, once for each pass
/// @param rowsRejected      rows refused
public record QueueNumbers(
        Map<String, Long> waitingByPriority, Map<String, Long> filesByOutcome, long rowsTrained, long rowsRejected) {
    public QueueNumbers {
        waitingByPriority = Map.copyOf(waitingByPriority);
        filesByOutcome = Map.copyOf(filesByOutcome);
    }
}
