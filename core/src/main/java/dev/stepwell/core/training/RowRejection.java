package dev.stepwell.core.training;

/// One row that was not trained, and why.
///
/// @param line   physical line in the file, from 1
/// @param column where in that line the fault was found, from 1; 0 if the line as a whole is at fault
/// @param reason what is wrong, in words a user can act on
public record RowRejection(long line, int column, String reason) {
    /// @throws IllegalArgumentException if `line` is not positive or `column` is negative
    public RowRejection {
        if (line < 1 || column < 0) {
            throw new IllegalArgumentException("line %d, column %d: lines count from 1".formatted(line, column));
        }
    }
}
