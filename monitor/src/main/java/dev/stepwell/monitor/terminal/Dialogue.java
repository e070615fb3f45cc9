package dev.stepwell.monitor.terminal;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the user of the full screen is asked and told. For one thread.
final class Dialogue {
    /// How long an answer is news.
    private static final Duration NEWS = Duration.ofMinutes(1);

    /// @param file that was in training when it was asked
    private record Question(WatchKeys key, String file) {}

    private @Nullable Question open;
    private String said = "";
    private Instant until = Instant.MAX;

    /// What stands above the keys.
    String note(Instant now) {
        Question question = open;
        if (question != null) {
            return question.key().question(question.file());
        }
        return now.isBefore(until) ? said : "";
    }

    /// The daemon has answered.
    void answered(String sentence, Instant now) {
        say(sentence, now.plus(NEWS));
    }

    private void say(String sentence, Instant last) {
        said = sentence;
        until = last;
    }

    /// A key was pressed that is none of those that quit.
    ///
    /// @return what to ask the daemon for
    Optional<Command> pressed(int key, Sight sight, Instant now) {
        Question question = open;
        if (question != null) {
            open = null;
            say("", now);
            return key == 'y' || key == 'Y' ? confirmed(question, sight, now) : Optional.empty();
        }
        if (key == Keys.ESCAPE) {
            say("", now);
        }
        WatchKeys.offered(sight, now).stream()
                .filter(offered -> offered.is(key))
                .findFirst()
                .ifPresent(asked -> open = new Question(asked, file(sight)));
        return Optional.empty();
    }

    /// Files follow each other without being asked: what was meant for one is not done to the next.
    private Optional<Command> confirmed(Question question, Sight sight, Instant now) {
        if (question.key() == WatchKeys.SKIP && !question.file().equals(file(sight))) {
            answered("Not done: " + question.file() + " is in training no more.", now);
            return Optional.empty();
        }
        say("Asked to " + question.key().command().word() + ", waiting for the answer", Instant.MAX);
        return Optional.of(question.key().command());
    }

    private static String file(Sight sight) {
        return sight.reading() instanceof StatusReading.Present(StatusDocument document)
                ? Objects.requireNonNullElse(document.file().currentFile(), "")
                : "";
    }
}
