package dev.stepwell.app.daemon;

import dev.stepwell.app.config.RetentionSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.retention.ArchiveShelf;
import dev.stepwell.core.retention.Budget;
import dev.stepwell.core.retention.Housekeeper;
import dev.stepwell.core.retention.Retention;
import dev.stepwell.core.retention.RetentionChore;
import dev.stepwell.core.retention.RetentionPolicy;
import dev.stepwell.torch.checkpoint.CheckpointShelf;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import dev.stepwell.torch.checkpoint.PassedOverShelf;
import dev.stepwell.torch.checkpoint.SnapshotSchedule;
import dev.stepwell.torch.checkpoint.SnapshotShelf;
import dev.stepwell.torch.checkpoint.Snapshots;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// Everything in a base directory that is kept by rules, with the rules that its configuration gives.
///
/// @param checkpoints the store of its `current_model/`; the daemon's own where one runs
record Retentions(BaseDirectory base, RetentionSettings settings, CheckpointStore checkpoints, ZoneId zone) {

    /// Of checkpoints.
    Retention ofCheckpoints() {
        return new Retention(
                "current_model/",
                new CheckpointShelf(checkpoints, settings.keepCheckpoints()),
                policy(settings.checkpoints()),
                "keep_checkpoints: %d, %s"
                        .formatted(settings.keepCheckpoints(), words("checkpoint", settings.checkpoints())));
    }

    /// Of checkpoints that were found invalid.
    Retention ofPassedOver() {
        return new Retention(
                "current_model/",
                new PassedOverShelf(checkpoints),
                new RetentionPolicy(Budget.NOTHING, Budget.NOTHING, zone),
                "found invalid; the newest %d stay, to be looked at".formatted(PassedOverShelf.KEPT));
    }

    /// Of snapshots, which are one a day already.
    Retention ofSnapshots() {
        return new Retention(
                "snapshots/",
                new SnapshotShelf(base.snapshots(), settings.keepSnapshots(), zone),
                new RetentionPolicy(settings.snapshots(), Budget.NOTHING, zone),
                "keep_snapshots: %d, snapshot_budget_gb: %s".formatted(settings.keepSnapshots(), settings.snapshots()));
    }

    /// Of files that were trained.
    Retention ofArchive() {
        return new Retention(
                "archive/", new ArchiveShelf(base), policy(settings.archive()), words("archive", settings.archive()));
    }

    /// All of them.
    List<Retention> all() {
        return List.of(ofCheckpoints(), ofPassedOver(), ofSnapshots(), ofArchive());
    }

    /// What a daemon does about them. An archive without a limit is not even looked at.
    List<Housekeeper.Chore> chores(InstantSource clock) {
        List<Housekeeper.Chore> chores = new ArrayList<>();
        settings.snapshotTime()
                .ifPresent(at -> chores.add(
                        new Snapshots(base.snapshots(), checkpoints, new SnapshotSchedule(at, zone), clock)));
        chores.add(new RetentionChore(ofCheckpoints(), "checkpoint_retention_failed"));
        chores.add(new RetentionChore(ofPassedOver(), "passed_over_retention_failed"));
        chores.add(new RetentionChore(ofSnapshots(), "snapshot_retention_failed"));
        if (!settings.archive().recent().equals(Budget.UNLIMITED)) {
            chores.add(new RetentionChore(ofArchive(), "archive_retention_failed"));
        }
        return chores;
    }

    private RetentionPolicy policy(RetentionSettings.Budgets budgets) {
        return new RetentionPolicy(budgets.recent(), budgets.daily(), zone);
    }

    private static String words(String key, RetentionSettings.Budgets budgets) {
        return "%s_budget_gb: %s, %s_daily_budget_gb: %s".formatted(key, budgets.recent(), key, budgets.daily());
    }
}
