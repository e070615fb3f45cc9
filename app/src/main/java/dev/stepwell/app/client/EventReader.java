package dev.stepwell.app.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a stream of `text/event-stream`, as the
/// [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation) says.
/// For one thread.
public final class EventReader {
    /// Characters of an event. Ours have some tens of thousands; a server that is none of ours must not fill the
    /// memory.
    static final int LONGEST = 16 << 20;

    private static final int BYTE_ORDER_MARK = 0xFEFF;
    /// More digits than nine are weeks, and no waiting time.
    private static final Pattern MILLISECONDS = Pattern.compile("[0-9]{1,9}");

    private final Reader text;
    private final StringBuilder line = new StringBuilder();
    private final StringBuilder data = new StringBuilder();
    private String type = "";
    private String lastId = "";
    private @Nullable Duration retry;
    private boolean begun;
    private boolean returned;
    private int length;

    /// @param bytes UTF-8; what is none becomes U+FFFD
    public EventReader(InputStream bytes) {
        text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    }

    /// Waits for the next event that has data. Null at the end, where what was not completed by an empty line is
    /// dropped.
    ///
    /// @throws IOException if reading fails, or an event is longer than makes sense
    public @Nullable ServerEvent next() throws IOException {
        while (readLine()) {
            if (!line.isEmpty()) {
                field();
                continue;
            }
            ServerEvent event = data.isEmpty()
                    ? null
                    : new ServerEvent(type.isEmpty() ? "message" : type, data.substring(0, data.length() - 1), lastId);
            type = "";
            data.setLength(0);
            length = 0;
            if (event != null) {
                return event;
            }
        }
        return null;
    }

    /// After what time the server wants those back whom it lost; empty if it has not said.
    public Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }

    private void field() {
        int colon = line.indexOf(":");
        String name = colon < 0 ? line.toString() : line.substring(0, colon);
        int value = colon < 0 ? line.length() : colon + 1;
        if (value < line.length() && line.charAt(value) == ' ') {
            value++;
        }
        switch (name) {
            case "event" -> type = line.substring(value);
            case "data" -> data.append(line, value, line.length()).append('\n');
            case "id" -> {
                if (line.indexOf("\0") < 0) {
                    lastId = line.substring(value);
                }
            }
            case "retry" -> {
                if (MILLISECONDS.matcher(line.substring(value)).matches()) {
                    retry = Duration.ofMillis(Long.parseLong(line.substring(value)));
                }
            }
            default -> {} // Comments, whose name is empty, and what later standards may bring.
        }
    }

    /// Reads a line into `line`; false at the end, where one that has no end is none. A carriage return ends one at
    /// once: whether a line feed follows is seen when it comes.
    private boolean readLine() throws IOException {
        line.setLength(0);
        for (int c = text.read(); c >= 0; c = text.read()) {
            boolean first = !begun;
            boolean second = returned;
            begun = true;
            returned = c == '\r';
            if ((first && c == BYTE_ORDER_MARK) || (second && c == '\n')) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return true;
            }
            if (++length > LONGEST) {
                throw new IOException("an event of more than %d characters".formatted(LONGEST));
            }
            line.append((char) c);
        }
        return false;
    }
}
