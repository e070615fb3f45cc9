package dev.stepwell.core.progress;

/// What is known of the work in a file beside its steps.
///
/// @param claim  which claim of this process it is, from 1: tells one turn of a file from another
/// @param bytes  its size
/// @param tokens in all passes over it; 0 until its rows are read
public record FileWork(long claim, long bytes, long tokens) {
    /// Before the first file.
    public static final FileWork NONE = new FileWork(0, 0, 0);

    /// The next file's, of which no more is known than its size.
    public FileWork next(long itsBytes) {
        return new FileWork(claim + 1, itsBytes, 0);
    }

    /// The same file, with its rows read.
    public FileWork counted(long itsTokens) {
        return new FileWork(claim, bytes, itsTokens);
    }
}
