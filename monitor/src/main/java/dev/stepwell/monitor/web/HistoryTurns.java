package dev.stepwell.monitor.web;

import dev.stepwell.core.history.HistoryReader;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// The run history, read by one request at a time: a long life is read in some hundred milliseconds of one core, and
/// that is all it takes from training.
final class HistoryTurns {
    /// They wait in the places that commands need, too.
    private static final int MOST_WAITING = 8;

    private final Semaphore one = new Semaphore(1);
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Path database;

    /// @param database of the history, which is there
    HistoryTurns(Path database) {
        this.database = database;
    }

    /// What `question` finds, as soon as it is its turn.
    ApiResponse read(Function<HistoryReader, JsonNode> question) throws InterruptedException {
        if (!waiting.tryAcquire()) {
            return ApiResponse.error(503, "busy", "Others are reading the history; try again in a moment.");
        }
        try {
            one.acquire();
            try (HistoryReader reader = HistoryReader.open(database)) {
                return ApiResponse.of(200, question.apply(reader));
            } finally {
                one.release();
            }
        } finally {
            waiting.release();
        }
    }
}
