package dev.stepwell.core.queue;

/// Something that a crash, or a hand, left in disorder, and that was put right.
///
/// @param kind  what sort of disorder
/// @param found what was found, in words
/// @param done  what was done about it
public record Repair(Kind kind, String found, String done) {
    public enum Kind {
        /// A file was on its way from the inbox.
        TAKING_CUT_SHORT,
        /// A file was in training.
        TRAINING_CUT_SHORT,
        /// A file lies in another directory than its row says.
        MISPLACED,
        /// A row's file is nowhere.
        MISSING,
        /// A file in the queue directory has no row.
        UNKNOWN,
        /// A temporary file.
        LEFTOVER
    }

    /// The repair of `disorder`, fit for a line of the log.
    static Repair of(Disorder disorder) {
        return new Repair(disorder.kind(), Printable.of(disorder.found()), Printable.of(disorder.remedy()));
    }

    @Override
    public String toString() {
        return found + ": " + done;
    }
}
