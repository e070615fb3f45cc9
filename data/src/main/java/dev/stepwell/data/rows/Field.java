package dev.stepwell.data.rows;

import java.util.List;

/// A field of a row that was read. Whether it is needed is only known at the row's end, so a fault in it is an error
/// only then.
sealed interface Field {
    /// Where the value begins, in `char`s of the row.
    long offset();

    record Text(long offset, String text) implements Field {}

    record Turns(long offset, List<Message> messages) implements Field {}

    record Tools(long offset, List<Object> tools) implements Field {}

    record Faulty(long offset, RowProblemException problem) implements Field {}

    /// The text it holds.
    ///
    /// @param name of the field, for messages
    /// @throws RowProblemException if it is no text
    default String text(String name) {
        return switch (this) {
            case Text(long _, String text) -> text;
            case Turns _, Tools _ ->
                throw new RowProblemException(offset(), Quoted.of(name) + " is a list, expected a text");
            case Faulty(long _, RowProblemException problem) -> throw problem;
        };
    }

    /// The messages it holds.
    ///
    /// @param name of the field, for messages
    /// @throws RowProblemException if it is no list of messages
    default List<Message> messages(String name) {
        return switch (this) {
            case Turns(long _, List<Message> messages) -> messages;
            case Text _ -> throw new RowProblemException(offset(), Quoted.of(name) + " is a text, expected a list");
            case Tools _ -> throw new RowProblemException(offset(), Quoted.of(name) + " is no list of messages");
            case Faulty(long _, RowProblemException problem) -> throw problem;
        };
    }

    /// The tools it holds.
    ///
    /// @throws RowProblemException if it is no list of tools
    default List<Object> tools() {
        return switch (this) {
            case Tools(long _, List<Object> tools) -> tools;
            case Text _, Turns _ -> throw new IllegalStateException("tools are read as such");
            case Faulty(long _, RowProblemException problem) -> throw problem;
        };
    }
}
