package dev.stepwell.core.alerts;

import dev.stepwell.core.alerts.Verdict.Present;
import dev.stepwell.core.status.Scene;
import dev.stepwell.core.status.Severity;
import org.jspecify.annotations.Nullable;

/// Files are held because their bytes are those of another.
record HeldCopies() implements Detector {
    @Override
    public String type() {
        return "duplicate_file";
    }

    @Override
    public Verdict look(Scene scene, @Nullable Finding standing) {
        int copies = scene.live().waiting().heldCopies();
        if (copies == 0) {
            return Verdict.CLEAR;
        }
        return new Present(
                new Finding(
                        Severity.INFO,
                        copies == 1
                                ? "A file is held because it has the same content as another."
                                : "Files are held because they have the same content as others.",
                        "%d held".formatted(copies),
                        "See which: ./stepwell list. Train one all the same with ./stepwell release ID, or take it away with ./stepwell remove ID."));
    }
}
