package dev.stepwell.core.status;

import dev.stepwell.core.training.TrainingEvent.MicroBatchHalved;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something a person should look at, for as long as it is true.
///
/// @param type     short name: one of those that a [Lookout] finds, or one of those that stand until they are
///                 withdrawn, such as [#DISK_FULL]
/// @param severity how soon to look; null where an older program wrote it
/// @param message  what is wrong, in a sentence
/// @param evidence the figures from which that follows, in a few words; null where `message` says it all
/// @param remedy   what to do, in a sentence; null where `message` says it
/// @param since    since when it is so; null if not known
/// @param step     global step at which it was seen first; null if not known
public record Alert(
        String type,
        @Nullable Severity severity,
        String message,
        @Nullable String evidence,
        @Nullable String remedy,
        @Nullable Instant since,
        @Nullable Long step) {
    /// Training waits for space on the disk.
    public static final String DISK_FULL = "disk_full";
    /// Files in the inbox wait for space on the disk; what was taken before is trained. Of a type of its own,
    /// because intake and training find a full disk, and space on it, each by itself.
    public static final String INTAKE_DISK_FULL = "intake_disk_full";

    /// Memory did not suffice for as many rows at once as configured, until the process ends.
    public static final String MEMORY_SHORT = "memory_short";

    /// The model could not be asked what it knows, until it can again.
    public static final String EVALUATION_FAILED = "evaluation_failed";

    /// Measurements cannot be kept.
    public static final String HISTORY_UNWRITABLE = "history_unwritable";

    /// The certificate by which other machines know the server is out of date, or its files cannot be used.
    public static final String CERTIFICATE = "certificate";

    /// One whose message says all.
    public Alert(String type, Severity severity, String message, @Nullable Long step) {
        this(type, severity, message, null, null, null, step);
    }

    /// The same, begun when `earlier` of its type was, or else at `now`.
    Alert following(@Nullable Alert earlier, Instant now) {
        if (earlier == null) {
            return since == null ? new Alert(type, severity, message, evidence, remedy, now, step) : this;
        }
        return new Alert(type, severity, message, evidence, remedy, earlier.since, earlier.step);
    }

    /// Why fewer rows are computed at once, and what else could be done.
    static Alert memoryShort(MicroBatchHalved halved, @Nullable Long step) {
        return new Alert(
                MEMORY_SHORT,
                Severity.INFO,
                "Memory did not suffice for %d rows at once; %d are computed at once until this process ends, with the same rows to a step."
                        .formatted(halved.rowsBefore(), halved.rows()),
                null,
                "Lower batch_size and raise gradient_accumulation to match, or set gradient_checkpointing.",
                null,
                step);
    }

    static Alert evaluationFailed(String reason, @Nullable Long step) {
        return new Alert(
                EVALUATION_FAILED,
                Severity.WARNING,
                "The model cannot be asked what it knows: " + reason + ". Training goes on without.",
                step);
    }

    /// Those that were raised on the board, and those that were found, the most severe first.
    static List<Alert> worstFirst(List<Alert> raised, List<Alert> found) {
        return Stream.concat(raised.stream(), found.stream())
                .sorted(Comparator.comparing(Alert::severity, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .reversed())
                .toList();
    }
}
