package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.status.LiveStatus.Rows;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// Many rows of the file in training were too long and are cut.
record TruncatedRows(AlertThresholds.Share limits) implements Detector {
    @Override
    public String type() {
        return "truncated_rows";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        Rows rows = scene.live().training().rows();
        long usable = rows == null ? 0 : rows.usable();
        if (rows == null || rows.truncated() <= limits.most() * usable) {
            return Verdict.CLEAR;
        }
        return new Present(new Finding(
                Severity.WARNING,
                "Many rows of %s are longer than the model may take, and are cut."
                        .formatted(scene.live().currentFile()),
                "%d of %d usable rows, %s"
                        .formatted(rows.truncated(), usable, Figures.percent((double) rows.truncated() / usable)),
                "Raise max_length, as far as the model and memory allow, or shorten the rows."));
    }
}
