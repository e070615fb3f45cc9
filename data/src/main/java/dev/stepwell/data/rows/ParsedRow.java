package dev.stepwell.data.rows;

/// What a piece of JSON turned out to be.
sealed interface ParsedRow {
    /// A row that can be trained.
    record Usable(Shape shape, Row row) implements ParsedRow {}

    /// No such row.
    ///
    /// @param offset `char` at which the fault was found; -1 if the piece as a whole is at fault
    /// @param reason what is wrong, in words a user can act on
    /// @param broken whether it is no JSON, so that nobody knows where it ends
    record Refused(int offset, String reason, boolean broken) implements ParsedRow {}
}
