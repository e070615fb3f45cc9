package dev.stepwell.core.queue;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Something that a crash, or a hand, left in disorder: database and directories do not agree.
///
/// What is found is said apart from what is done about it, so that [Recovery] and a check that repairs nothing
/// see the same.
public sealed interface Disorder {
    /// What sort it is.
    Repair.Kind kind();

    /// What was found, in words, on one line.
    String found();

    /// What [Recovery] does about it, in words, on one line.
    String remedy();

    /// A write that was cut short left its temporary file.
    record Leftover(Path file) implements Disorder {
        @Override
        public Repair.Kind kind() {
            return Repair.Kind.LEFTOVER;
        }

        @Override
        public String found() {
            return "a temporary file " + file.getFileName();
        }

        @Override
        public String remedy() {
            return "removed";
        }
    }

    /// A process died while it copied a file into the inbox.
    record AbandonedCopy(Path file) implements Disorder {
        @Override
        public Repair.Kind kind() {
            return Repair.Kind.LEFTOVER;
        }

        @Override
        public String found() {
            return "half a copy that an add began, %s/%s".formatted(folderOf(file), file.getFileName());
        }

        @Override
        public String remedy() {
            return "removed; add the file again";
        }
    }

    /// A file was on its way from the inbox: [Taking] can go on with it.
    sealed interface TakingCutShort extends Disorder {
        QueuedFile file();

        @Override
        default Repair.Kind kind() {
            return Repair.Kind.TAKING_CUT_SHORT;
        }
    }

    /// A file is in the queue, but not counted.
    ///
    /// @param original the same file in an inbox on another file system, copied but not removed; null if none is
    record NotCounted(QueuedFile file, @Nullable Path original) implements TakingCutShort {
        @Override
        public String found() {
            return shown(file) + " was being taken";
        }

        @Override
        public String remedy() {
            return original == null
                    ? "it is in the queue, and counted now"
                    : "it is in the queue as a copy, and counted now; the original is removed";
        }
    }

    /// A file has its row, and lies in the inbox as the row describes it.
    ///
    /// It keeps its id, which decides in which order its rows are trained.
    record NotMoved(QueuedFile file, Path source) implements TakingCutShort {
        @Override
        public String found() {
            return shown(file) + " was about to be taken";
        }

        @Override
        public String remedy() {
            return "moved from the inbox to queue/, and counted now";
        }
    }

    /// A file has its row, but is neither in the queue nor in the inbox as the row describes it.
    record NotThere(QueuedFile file) implements TakingCutShort {
        @Override
        public String found() {
            return shown(file) + " was about to be taken, and is not in the inbox as it was";
        }

        @Override
        public String remedy() {
            return "forgotten; what is in the inbox is taken anew";
        }
    }

    /// A file was in training.
    record TrainingCutShort(QueuedFile file) implements Disorder {
        @Override
        public Repair.Kind kind() {
            return Repair.Kind.TRAINING_CUT_SHORT;
        }

        @Override
        public String found() {
            return shown(file) + " was in training";
        }

        @Override
        public String remedy() {
            return "goes on first";
        }
    }

    /// A file that is not settled lies where settled ones do.
    record NotDone(QueuedFile file, Path at) implements Disorder {
        @Override
        public Repair.Kind kind() {
            return Repair.Kind.MISPLACED;
        }

        @Override
        public String found() {
            return "%s is not done but lay in %s/".formatted(shown(file), folderOf(at));
        }

        @Override
        public String remedy() {
            return "moved back to queue/";
        }
    }

    /// A settled file is still in the queue.
    ///
    /// @param to where it belongs
    record NotRetired(QueuedFile file, Path at, Path to) implements Disorder {
        @Override
        public Repair.Kind kind() {
            return Repair.Kind.MISPLACED;
        }

        @Override
        public String found() {
            return "%s is %s but lay in queue/"
                    .formatted(shown(file), file.state().word());
        }

        @Override
        public String remedy() {
            return "moved to %s/".formatted(folderOf(to));
        }
    }

    /// The file of a row is nowhere.
    record Missing(QueuedFile file) implements Disorder {
        @Override
        public Repair.Kind kind() {
            return Repair.Kind.MISSING;
        }

        @Override
        public String found() {
            return shown(file) + " has a row but no file";
        }

        @Override
        public String remedy() {
            return "given up";
        }
    }

    /// A data file in the queue has no row.
    ///
    /// @param idIsFree whether the id at the front of its name is one that no row has
    record Unknown(Path file, boolean idIsFree) implements Disorder {
        @Override
        public Repair.Kind kind() {
            return Repair.Kind.UNKNOWN;
        }

        @Override
        public String found() {
            return "queue/%s has no row".formatted(file.getFileName());
        }

        @Override
        public String remedy() {
            return "given one, and counted now";
        }
    }

    private static String shown(QueuedFile file) {
        return "%s (id %d)".formatted(file.name(), file.id());
    }

    private static String folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? "" : String.valueOf(folder.getFileName());
    }
}
