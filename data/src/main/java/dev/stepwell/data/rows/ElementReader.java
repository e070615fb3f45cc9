package dev.stepwell.data.rows;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Streams the elements of a file that is one list of JSON, as bytes with the place where each begins.
///
/// It only cuts them apart, at the commas between matching brackets outside of quotes; what is in an element is read
/// by [RowParser]. So an element whose content is wrong leaves the next one readable, and one that is longer than the
/// bound is passed over without being held.
final class ElementReader {
    /// What every reason for which reading ends says at its end.
    static final String END = "; nothing behind it can be read";

    /// What comes next in the file.
    sealed interface Found {
        Place place();

        /// An element.
        ///
        /// @param bytes   empty if it is too long; not copied, not to be changed
        /// @param tooLong whether it was longer than the bound
        @SuppressWarnings("ArrayRecordComponent") // Lives for one row.
        record Element(Place place, byte[] bytes, boolean tooLong) implements Found {}

        /// Something for which the list cannot be read on: the last that is found.
        record Break(Place place, String reason) implements Found {}
    }

    /// What may stand next, white space aside.
    private enum State {
        /// The bracket that opens the list.
        OPENING,
        /// An element, or the bracket that closes the list.
        FIRST_ELEMENT,
        /// An element.
        ELEMENT,
        /// A comma, or the bracket that closes the list.
        SEPARATOR,
        /// Nothing.
        BEHIND,
        /// It is over.
        ENDED
    }

    private final ByteSource source;
    private final BoundedBytes element;
    private State state = State.OPENING;
    private long line = 1;
    /// Of the next character.
    private int column = 1;

    /// @param source   not closed; begins with a list
    /// @param maxBytes of an element
    /// @throws IllegalArgumentException if `maxBytes` is not positive
    ElementReader(ByteSource source, int maxBytes) {
        this.source = source;
        element = new BoundedBytes(maxBytes);
    }

    /// Bytes an element may have.
    int maxBytes() {
        return element.bound();
    }

    /// The next element, or null after the last.
    ///
    /// @throws IOException if the file cannot be read
    @Nullable
    Found next() throws IOException {
        while (state != State.ENDED && skipBlanks()) {
            byte next = source.buffer[source.position];
            switch (state) {
                case OPENING -> pass(State.FIRST_ELEMENT);
                case FIRST_ELEMENT, ELEMENT -> {
                    if (next == ']' && state == State.FIRST_ELEMENT) {
                        pass(State.BEHIND);
                    } else if (next == ',' || next == ']' || next == '}') {
                        return broken("expected an object, found '%c'".formatted(next));
                    } else {
                        state = State.SEPARATOR;
                        return element();
                    }
                }
                case SEPARATOR -> {
                    if (next != ',' && next != ']') {
                        return broken("expected a comma or ] after an element");
                    }
                    pass(next == ',' ? State.ELEMENT : State.BEHIND);
                }
                case BEHIND -> {
                    return broken("something follows the list");
                }
                case ENDED -> throw new IllegalStateException("read on after the end");
            }
        }
        if (state == State.ENDED || state == State.BEHIND) {
            return null;
        }
        return broken("the file ends before its list does: ] is missing");
    }

    private Found.Break broken(String reason) {
        state = State.ENDED;
        return new Found.Break(place(), "not valid JSON: " + reason + END);
    }

    private Place place() {
        return new Place(line, column);
    }

    /// Goes on to the next byte that is not blank; false if there is none.
    private boolean skipBlanks() throws IOException {
        while (source.hasMore()) {
            byte next = source.buffer[source.position];
            if (!ByteSource.isBlank(next)) {
                return true;
            }
            source.position++;
            count(next);
        }
        return false;
    }

    private void pass(State newState) {
        count(source.buffer[source.position++]);
        state = newState;
    }

    private void count(byte passed) {
        if (passed == '\n') {
            line++;
            column = 1;
        } else if ((passed & 0xC0) != 0x80) { // Not of the bytes with which a character goes on.
            column++;
        }
    }

    private Found element() throws IOException {
        Place start = place();
        element.clear();
        ElementEnd end = new ElementEnd(source.buffer[source.position]);
        while (source.hasMore()) {
            int from = source.position;
            source.position = end.find(source.buffer, from, source.limit);
            element.add(source.buffer, from, source.position);
            countAll(from, source.position);
            if (end.isFound()) {
                return new Found.Element(start, element.copy(), element.tooLong());
            }
        }
        return broken("the file ends in the middle of the element that begins in line %d, column %d"
                .formatted(start.line(), start.column()));
    }

    /// Counts what was passed of the buffer.
    private void countAll(int from, int to) {
        byte[] buffer = source.buffer;
        int begin = from;
        for (int i = from; i < to; i++) {
            if (buffer[i] == '\n') {
                line++;
                column = 1;
                begin = i + 1;
            }
        }
        int characters = 0;
        for (int i = begin; i < to; i++) {
            characters += (buffer[i] & 0xC0) == 0x80 ? 0 : 1; // Not of the bytes with which one goes on.
        }
        column += characters;
    }
}
