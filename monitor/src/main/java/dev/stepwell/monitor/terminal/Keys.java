package dev.stepwell.monitor.terminal;

import java.io.IOException;
import org.jline.utils.NonBlockingReader;

/// What is typed, without what only looks like keys: the sequences of arrows and function keys, and what is pasted
/// into a terminal that brackets it.
final class Keys {
    /// Nothing was typed.
    static final int NONE = NonBlockingReader.READ_EXPIRED;
    /// Nothing will be.
    static final int END = NonBlockingReader.EOF;

    static final int CTRL_C = 3;
    static final int CTRL_L = 12;
    static final int CTRL_Z = 26;
    static final int ESCAPE = 27;

    private static final String PASTE = "200~";
    private static final String PASTED = "\u001B[201~";
    /// After an escape: what a terminal sends follows at once, what a person types does not.
    private static final long AT_ONCE_MILLIS = 50;

    private final NonBlockingReader typed;

    Keys(NonBlockingReader typed) {
        this.typed = typed;
    }

    /// The next key, or [#NONE] if there is none for `millis`.
    int next(long millis) throws IOException {
        int key = typed.read(millis);
        if (key != ESCAPE) {
            return key;
        }
        int second = typed.read(AT_ONCE_MILLIS);
        switch (second) {
            case NONE -> {
                return ESCAPE;
            }
            case '[' -> skipSequence();
            case 'O' -> typed.read(AT_ONCE_MILLIS);
            default -> {} // With the Alt key.
        }
        return second == END ? END : NONE;
    }

    private void skipSequence() throws IOException {
        StringBuilder sequence = new StringBuilder();
        int c;
        do {
            c = typed.read(AT_ONCE_MILLIS);
            sequence.append((char) c);
        } while (c >= ' ' && c < '@');
        if (sequence.toString().equals(PASTE)) {
            skipPasted();
        }
    }

    private void skipPasted() throws IOException {
        StringBuilder end = new StringBuilder();
        while (!end.toString().equals(PASTED)) {
            int c = typed.read(AT_ONCE_MILLIS);
            if (c < 0) {
                return;
            }
            end.append((char) c);
            end.delete(0, Math.max(0, end.length() - PASTED.length()));
        }
    }
}
