package dev.stepwell.core.queue;

import dev.stepwell.core.io.BaseDirectory;
import java.nio.file.Path;
import java.util.Locale;

/// Where a file stands between the inbox and where it stays.
///
/// ```
///  (inbox) ─► TAKING ─► WAITING ─► TRAINING ─► COMPLETED
///                │       ▲  ▲ ▲    │  ▲   ├──► SKIPPED
///                │       │  │ └────┘  │   └──► FAILED      a failure that another attempt may mend: WAITING
///                │       │  │   INTERRUPTED
///                ├─► HELD┘  │
///                │          └── retry ──── FAILED, SKIPPED, REMOVED
///                ├── no usable row ──────► FAILED
///                └── known content ──────► HELD or SKIPPED
/// ```
///
/// WAITING, INTERRUPTED and HELD files can be removed, and WAITING and INTERRUPTED ones held. The state alone
/// says in which directory the file belongs, so that a crash between a row and a move can be repaired.
public enum FileState {
    /// A row exists; the file is still in the inbox, or in the queue and not counted yet.
    TAKING,
    /// Counted; its turn will come.
    WAITING,
    /// Counted, but has no turn until it is released.
    HELD,
    /// An attempt is running, or was when the process died.
    TRAINING,
    /// Its attempt stopped half-way and goes on before anything else.
    INTERRUPTED,
    /// All its usable rows were trained.
    COMPLETED,
    /// Not trained to its end, because somebody or the configuration said so.
    SKIPPED,
    /// Given up; the report says why.
    FAILED,
    /// Taken out of the queue by hand.
    REMOVED;

    /// The word for it in the database and in reports.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FileState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /// Whether nothing more will happen to the file unless somebody asks for it.
    public boolean settled() {
        return switch (this) {
            case TAKING, WAITING, HELD, TRAINING, INTERRUPTED -> false;
            case COMPLETED, SKIPPED, FAILED, REMOVED -> true;
        };
    }

    /// The directory in which a file of this state belongs.
    public Path directory(BaseDirectory base) {
        return switch (this) {
            case TAKING, WAITING, HELD, TRAINING, INTERRUPTED -> base.queue();
            case COMPLETED, SKIPPED -> base.archive();
            case FAILED -> base.failed();
            case REMOVED -> base.removed();
        };
    }
}
