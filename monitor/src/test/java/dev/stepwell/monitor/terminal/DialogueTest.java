package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReading;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialogueTest {
    private final Dialogue dialogue = new Dialogue();

    @ParameterizedTest
    @CsvSource({"p,PAUSE", "s,SKIP", "x,STOP", "X,STOP"})
    void aCommandIsGivenWhenItIsConfirmed(char key, Command command) {
        assertThat(pressed(key)).isEmpty();
        assertThat(note()).endsWith("(y/n)");
        assertThat(pressed('y')).contains(command);
        assertThat(note()).isEqualTo("Asked to " + command.word() + ", waiting for the answer");
    }

    @ParameterizedTest
    @CsvSource({"n", "x", "q", "' '"})
    void anyOtherKeyDoesNothing(char key) {
        pressed('x');
        assertThat(pressed(key)).isEmpty();
        assertThat(note()).isEmpty();
        assertThat(pressed('y')).isEmpty();
    }

    @Test
    void whatMakesNoSenseIsNotAsked() {
        pressed('r');
        assertThat(note()).isEmpty();
        dialogue.pressed('p', sight(Documents.training(), "there is no token"), Documents.NOW);
        assertThat(note()).isEmpty();
    }

    @Test
    void theNextFileIsNotSkippedInPlaceOfTheOneThatWasMeant() {
        pressed('s');
        assertThat(note()).startsWith("Skip the rest of syllo_batch_autogen_06.jsonl?");
        Sight next = sight(Documents.with("current_file", "next.jsonl"), null);
        assertThat(dialogue.pressed('y', next, Documents.NOW)).isEmpty();
        assertThat(note()).isEqualTo("Not done: syllo_batch_autogen_06.jsonl is in training no more.");
    }

    @Test
    void anAnswerStaysUntilEscapeOrUntilItIsOld() {
        dialogue.answered("Paused at step 3.", Documents.NOW);
        pressed('a');
        assertThat(note()).isEqualTo("Paused at step 3.");
        pressed('\u001B');
        assertThat(note()).isEmpty();

        dialogue.answered("Paused at step 3.", Documents.NOW);
        assertThat(dialogue.note(Documents.NOW.plusSeconds(59))).isEqualTo("Paused at step 3.");
        assertThat(dialogue.note(Documents.NOW.plusSeconds(60))).isEmpty();
    }

    private String note() {
        return dialogue.note(Documents.NOW);
    }

    private Optional<Command> pressed(char key) {
        return dialogue.pressed(key, sight(Documents.training(), null), Documents.NOW);
    }

    private static Sight sight(StatusDocument document, @Nullable String locked) {
        return new Sight(new StatusReading.Present(document), new Contact.Kept(), Duration.ZERO, List.of(), locked);
    }
}
