package dev.stepwell.data.rows;

/// What is in a file at one place.
public sealed interface FileRow {
    /// Physical line, from 1.
    long line();

    /// A row that can be trained.
    ///
    /// @param line   physical line at which it begins, from 1
    /// @param column Unicode character at which it begins, from 1
    record Usable(long line, int column, Row row) implements FileRow {}

    /// A row, or what stands in its place, that cannot.
    ///
    /// @param line   physical line of the fault, from 1
    /// @param column Unicode character at which the fault was found, from 1; 0 if the line as a whole is at fault
    /// @param reason what is wrong, in words a user can act on
    record Refused(long line, int column, String reason) implements FileRow {}
}
