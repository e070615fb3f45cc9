package dev.stepwell.app.daemon;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.Priority;
import dev.stepwell.core.queue.QueueReader;
import dev.stepwell.core.queue.QueueTotals;
import dev.stepwell.monitor.metrics.QueueNumbers;
import java.util.Map;
import java.util.TreeMap;

/// Reads what the metrics say of the queue. Every priority and outcome has a number, if only 0.
final class QueueFigures {
    private QueueFigures() {}

    static QueueNumbers of(BaseDirectory base) {
        try (QueueReader reader = QueueReader.open(base)) {
            QueueTotals totals = reader.totals();
            Map<String, Long> waiting = new TreeMap<>();
            for (Priority priority : Priority.values()) {
                waiting.put(priority.word(), totals.waiting().getOrDefault(priority, 0L));
            }
            Map<String, Long> files = new TreeMap<>();
            for (FileState state : FileState.values()) {
                if (state.settled()) {
                    files.put(state.word(), totals.files().getOrDefault(state, 0L));
                }
            }
            return new QueueNumbers(waiting, files, totals.rowsTrained(), totals.rowsRejected());
        }
    }
}
