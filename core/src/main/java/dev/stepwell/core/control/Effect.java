package dev.stepwell.core.control;

import dev.stepwell.core.status.LiveStatus;
import java.util.Locale;

/// The answer to a [Command]: given once, when the command has taken effect or it is certain that it will not.
public sealed interface Effect {
    Command command();

    /// What was true at that moment, as every display shows it.
    LiveStatus now();

    /// It is so.
    ///
    /// @param midFile whether the file that `now` names is begun and will be gone on with
    record Done(Command command, LiveStatus now, boolean midFile) implements Effect {}

    /// It is not so, and nothing was changed by the asking, but that a resume takes back a pause in any case.
    record Refused(Command command, Reason reason, LiveStatus now) implements Effect {}

    /// Why a command has no effect.
    enum Reason {
        NOTHING_TO_SKIP("no file is in training"),
        FILE_ENDED("the file came to its end before it could be skipped"),
        NOT_PAUSED("it is not paused"),
        /// It was tried, and there is still none; it will be tried again without being asked.
        NO_SPACE("it waits for space on the disk"),
        RESUMED("a resume came before the pause took effect"),
        PAUSED_AGAIN("a pause came before training went on"),
        STOPPING("the daemon is stopping"),
        ENDED("the daemon has ended"),
        CRASHED("the daemon ended by an error; the log says which");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /// In words, to stand in a sentence.
        public String text() {
            return text;
        }

        /// The word for it in JSON.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
