package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.status.LiveStatus.Rows;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// Many rows of the file in training were refused.
record RejectedRows(AlertThresholds.Share limits) implements Detector {
    @Override
    public String type() {
        return "rejected_rows";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        Rows rows = scene.live().training().rows();
        if (rows == null || rows.rejected() <= limits.most() * rows.total()) {
            return Verdict.CLEAR;
        }
        return new Present(
                new Finding(
                        Severity.WARNING,
                        "Many rows of %s were refused.".formatted(scene.live().currentFile()),
                        "%d of %d rows, %s"
                                .formatted(
                                        rows.rejected(),
                                        rows.total(),
                                        Figures.percent((double) rows.rejected() / rows.total())),
                        "See which and why: ./stepwell check on the file, or its report when it is done. Mend them and drop them as another file."));
    }
}
