package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import java.nio.file.Path;
import java.util.Locale;

/// Where a file stands between the inbox and the archive.
///
/// ```
///  (inbox) ─► TAKING ─► WAITING ─► TRAINING ─► COMPLETED
///                │          ▲  ┌────┘  ▲ ├───► SKIPPED
///                │          │  ▼       │ └───► FAILED
///                │        INTERRUPTED ─┘
///                └── no usable row ──────────► FAILED
/// ```
///
/// The state alone says in which directory the file belongs, so that a crash between a row and a move can be repaired.
public enum FileState {
    /// A row exists; the file is still in the inbox, or in the queue and not counted yet.
    TAKING,
    /// Counted; its turn will come.
    WAITING,
    /// An attempt is running, or was when the process died.
    TRAINING,
    /// Its attempt stopped half-way and goes on before anything else.
    INTERRUPTED,
    /// All its usable rows were trained.
    COMPLETED,
    /// Left half-way because a user said so. The steps that were done are in the model.
    SKIPPED,
    /// Given up; the report says why.
    FAILED;

    /// The word for it in the database and in reports.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FileState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Whether nothing more will happen to the file.
    public boolean settled() {
        return switch (this) {
            case TAKING, WAITING, TRAINING, INTERRUPTED -> false;
            case COMPLETED, SKIPPED, FAILED -> true;
        };
    }

    /// The directory in which a file of this state belongs.
    public Path directory(BaseDirectory base) {
        return switch (this) {
            case TAKING, WAITING, TRAINING, INTERRUPTED -> base.queue();
            case COMPLETED, SKIPPED -> base.archive();
            case FAILED -> base.failed();
        };
    }
}
