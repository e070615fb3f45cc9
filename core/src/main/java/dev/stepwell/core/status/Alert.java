package dev.stepwell.core.status;

import dev.stepwell.core.training.TrainingEvent.MicroBatchHalved;
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

    /// Memory did not suffice for as many rows at once as configured, until the process ends.
    public static final String MEMORY_SHORT = "memory_short";

    /// Measurements cannot be kept.
    public static final String HISTORY_UNWRITABLE = "history_unwritable";

    /// Why fewer rows are computed at once, and what else could be done.
    static Alert memoryShort(MicroBatchHalved halved, @Nullable Long step) {
        return new Alert(
                MEMORY_SHORT,
                "Memory did not suffice for %d rows at once; %d are computed at once until this process ends, with the same rows to a step. Lower batch_size and raise gradient_accumulation to match, or set gradient_checkpointing."
                        .formatted(halved.rowsBefore(), halved.rows()),
                step);
    }

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
