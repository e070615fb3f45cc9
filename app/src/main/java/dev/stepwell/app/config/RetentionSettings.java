package dev.stepwell.app.config;

import dev.stepwell.core.retention.Budget;
import java.time.LocalTime;
import java.util.Optional;

/// What is kept of the past.
///
/// @param keepCheckpoints newest checkpoints that are kept in any case
/// @param keepSnapshots   newest snapshots that are kept in any case
/// @param snapshotTime    when a snapshot is made each day; empty for none
public record RetentionSettings(
        int keepCheckpoints,
        Budgets checkpoints,
        Budgets archive,
        Optional<LocalTime> snapshotTime,
        int keepSnapshots,
        Budget snapshots) {

    /// What is kept of one kind.
    ///
    /// @param recent up to which size, newest first
    /// @param daily  up to which size of what is not recent any more, one a day
    public record Budgets(Budget recent, Budget daily) {}

    /// The part of `config` that retention takes.
    public static RetentionSettings from(Config config) {
        return new RetentionSettings(
                config.getInt(ConfigKeys.KEEP_CHECKPOINTS),
                new Budgets(
                        budget(config, ConfigKeys.CHECKPOINT_BUDGET),
                        budget(config, ConfigKeys.CHECKPOINT_DAILY_BUDGET)),
                new Budgets(budget(config, ConfigKeys.ARCHIVE_BUDGET), budget(config, ConfigKeys.ARCHIVE_DAILY_BUDGET)),
                config.get(ConfigKeys.SNAPSHOT_TIME),
                config.getInt(ConfigKeys.KEEP_SNAPSHOTS),
                budget(config, ConfigKeys.SNAPSHOT_BUDGET));
    }

    private static Budget budget(Config config, ConfigKey<Optional<Double>> key) {
        return config.get(key).map(Budget::ofGigabytes).orElse(Budget.UNLIMITED);
    }
}
