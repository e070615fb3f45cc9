package dev.stepwell.data.rows;

/// One line of a file as it lies on disk, its end not included.
///
/// @param number  from 1
/// @param bytes   what the line holds; empty if it is too long; not copied, not to be changed
/// @param ending  the bytes that ended it
/// @param tooLong whether it was longer than the reader's bound, so that its bytes were passed over
@SuppressWarnings("ArrayRecordComponent") // Lives for one row; a copy of each would double the work of reading.
record PhysicalLine(long number, byte[] bytes, Ending ending, boolean tooLong) {
    /// How a line ends.
    enum Ending {
        LF,
        CRLF,
        /// The last line of a file that does not end with a line feed.
        END_OF_FILE
    }
}
