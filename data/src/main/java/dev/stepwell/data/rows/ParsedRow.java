package dev.stepwell.data.rows;

/// What a line turned out to be.
public sealed interface ParsedRow {
    /// A row that can be trained.
    record Usable(Row row) implements ParsedRow {}

    /// A line that cannot.
    ///
    /// @param column Unicode character at which the fault was found, from 1; 0 if the line as a whole is at fault
    /// @param reason what is wrong, in words a user can act on
    record Refused(int column, String reason) implements ParsedRow {}
}
