package dev.stepwell.core.status;

import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something a person should look at, for as long as it is true.
///
/// @param type    short name: `non_finite_loss`, `non_finite_gradient`, or one of those that stand until they are
///                withdrawn, such as [#DISK_FULL]
/// @param message what is wrong, in a sentence
/// @param step    global step at which it was seen; null if not known
public record Alert(String type, String message, @Nullable Long step) {
    /// Training waits for space on the disk.
    public static final String DISK_FULL = "disk_full";
    /// Files in the inbox wait for space on the disk; what was taken before is trained. Of a type of its own,
    /// because intake and training find a full disk, and space on it, each by itself.
    public static final String INTAKE_DISK_FULL = "intake_disk_full";

    /// What is wrong in the state `live`.
    static List<Alert> of(LiveStatus live) {
        StepCompleted step = live.step();
        List<Alert> alerts = new ArrayList<>();
        if (step != null && !Double.isFinite(step.loss())) {
            alerts.add(new Alert(
                    "non_finite_loss", "The loss of the newest step is %s.".formatted(step.loss()), live.modelStep()));
        }
        if (step != null && !Double.isFinite(step.gradientNorm())) {
            alerts.add(new Alert(
                    "non_finite_gradient",
                    "The gradient norm of the newest step is %s.".formatted(step.gradientNorm()),
                    live.modelStep()));
        }
        alerts.addAll(live.standing());
        return alerts;
    }
}
