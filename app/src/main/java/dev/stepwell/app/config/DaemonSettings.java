package dev.stepwell.app.config;

import dev.stepwell.core.queue.QueuePolicy;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import java.time.Duration;

/// What the daemon, not the trainer, needs to know.
///
/// @param modelName    what the model is called in displays
/// @param pollInterval how often the inbox is looked through, besides being watched
/// @param queue        what the queue decides by itself
/// @param limits       of the model, for the status file
/// @param historyBudgetBytes size up to which the run history is kept; [Long#MAX_VALUE] for any
public record DaemonSettings(
        String modelName, Duration pollInterval, QueuePolicy queue, Limits limits, long historyBudgetBytes) {
    private static final long BYTES_PER_MB = 1_000_000;

    /// The part of `config` that is the daemon's.
    public static DaemonSettings from(Config config) {
        return new DaemonSettings(
                config.get(ConfigKeys.MODEL_NAME),
                Duration.ofSeconds(config.get(ConfigKeys.POLL_INTERVAL)),
                new QueuePolicy(
                        config.getInt(ConfigKeys.MAX_ATTEMPTS),
                        Duration.ofSeconds(config.get(ConfigKeys.RETRY_BACKOFF)),
                        config.getInt(ConfigKeys.MAX_DEATHS),
                        config.get(ConfigKeys.DUPLICATES)),
                new Limits(config.getInt(ConfigKeys.MAX_OUTPUT_TOKENS), config.getInt(ConfigKeys.MAX_LENGTH)),
                config.get(ConfigKeys.HISTORY_BUDGET)
                        .map(megabytes -> megabytes * BYTES_PER_MB)
                        .orElse(Long.MAX_VALUE));
    }
}
