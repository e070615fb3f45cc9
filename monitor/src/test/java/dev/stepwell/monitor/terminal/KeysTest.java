package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jline.utils.NonBlocking;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    @ParameterizedTest
    @CsvSource({
        "py, py",
        "p^[[Ay, py", // an arrow
        "^[[1;5Px, x", // Ctrl-F1, whose last character is a letter
        "^[OSs, s", // F4
        "^[pq, q", // Alt-p
        "^[[200~sysxy^[[201~q, q", // pasted
        "^[[200~s^[[Ay, ''", // pasted, and never ended
    })
    void whatOnlyLooksLikeKeysIsNone(String typed, String keys) throws IOException {
        assertThat(keys(typed.replace("^[", "\u001B"))).isEqualTo(keys);
    }

    @Test
    void anEscapeAfterWhichNothingComesIsAKey() throws IOException {
        try (PipedWriter person = new PipedWriter();
                PipedReader typed = new PipedReader(person)) {
            Keys keys = new Keys(NonBlocking.nonBlocking("keys", typed));
            person.write('\u001B');
            person.flush();
            assertThat(keys.next(60_000)).isEqualTo(Keys.ESCAPE);
            assertThat(keys.next(1)).isEqualTo(Keys.NONE);
        }
    }

    private static String keys(String typed) throws IOException {
        List<String> pressed = new ArrayList<>();
        Keys keys = new Keys(NonBlocking.nonBlocking("keys", new StringReader(typed)));
        for (int key = keys.next(1000); key != Keys.END; key = keys.next(1000)) {
            if (key != Keys.NONE) {
                pressed.add(String.valueOf((char) key));
            }
        }
        return String.join("", pressed);
    }
}
