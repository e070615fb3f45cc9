package dev.stepwell.core.training;

import java.util.Arrays;

/// What can be the matter with an attempt, and whether another one could go better. The one place that decides
/// it.
public enum FailureType {
    NON_FINITE_LOSS("NonFiniteLoss"),
    OUT_OF_MEMORY("OutOfMemory"),
    CHECKPOINT_FAILED("CheckpointFailed"),
    NATIVE_ERROR("NativeError"),
    INDEX_OUT_OF_RANGE("IndexOutOfRange"),
    SHAPE_MISMATCH("ShapeMismatch"),
    FILE_UNREADABLE("FileUnreadable"),
    FILE_MISSING("FileMissing"),
    FILE_CHANGED("FileChanged"),
    NO_USABLE_ROWS("NoUsableRows"),
    /// The process ended again and again while it trained the file, and nobody was left to say why.
    PROCESS_DIED("ProcessDied"),
    /// A failure that has no name here.
    OTHER("Other");

    private final String word;

    FailureType(String word) {
        this.word = word;
    }

    /// The name of it in outcomes, reports and the status file.
    public String word() {
        return word;
    }

    /// The type that is called `word`; [#OTHER] if none is.
    public static FailureType of(String word) {
        return Arrays.stream(values())
                .filter(type -> type.word.equals(word))
                .findFirst()
                .orElse(OTHER);
    }

    /// Whether another attempt at the same bytes may succeed: with other weights, more memory or a disk that
    /// has room again. What lies in the file itself stays as it is.
    public boolean mendable() {
        return switch (this) {
            case NON_FINITE_LOSS,
                    OUT_OF_MEMORY,
                    CHECKPOINT_FAILED,
                    NATIVE_ERROR,
                    INDEX_OUT_OF_RANGE,
                    SHAPE_MISMATCH,
                    FILE_UNREADABLE,
                    PROCESS_DIED,
                    OTHER -> true;
            case FILE_MISSING, FILE_CHANGED, NO_USABLE_ROWS -> false;
        };
    }
}
