package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.io.ByteSize;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// The disk of the base directory is nearly full.
record LowDisk(AlertThresholds.Space limits) implements Detector {
    @Override
    public String type() {
        return "low_disk";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        MachineFigures machine = scene.live().machine();
        if (machine == null || machine.diskFreeBytes() == null || machine.diskTotalBytes() == null) {
            return Verdict.UNKNOWN;
        }
        long free = machine.diskFreeBytes();
        double least = Math.min(limits.share() * machine.diskTotalBytes(), (double) limits.bytes());
        if (free >= least * (standing == null ? 1 : limits.over())) {
            return Verdict.CLEAR;
        }
        return new Present(
                new Finding(
                        Severity.WARNING,
                        "The disk of the base directory is nearly full.",
                        "%s free of %s".formatted(ByteSize.of(free), ByteSize.of(machine.diskTotalBytes())),
                        "Make room, or keep less: keep_checkpoints, checkpoint_budget_gb, archive_budget_gb, snapshot_budget_gb. A full disk makes training wait."));
    }
}
