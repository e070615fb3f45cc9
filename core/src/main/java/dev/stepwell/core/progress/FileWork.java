package dev.stepwell.core.progress;

import org.jspecify.annotations.Nullable;

/// What is known of the work in a file beside its steps.
///
/// @param claim    which claim of this process it is, from 1: tells one turn of a file from another
/// @param bytes    its size
/// @param expected tokens in all passes over it, by a sample of its rows; 0 if there is none
/// @param tokens   in all passes over it; 0 until its rows are read
/// @param exam     what is asked in it and after it, by what was known last; null while nothing is
/// @param exams    how many such exams there were
public record FileWork(
        long claim,
        long bytes,
        long expected,
        long tokens,
        @Nullable ForeseenExam exam,
        long exams) {
    /// Before the first file.
    public static final FileWork NONE = new FileWork(0, 0, 0, 0, null, 0);

    /// The next file's, as it was counted when it was queued.
    public FileWork next(long itsBytes, long itsExpected) {
        return new FileWork(claim + 1, itsBytes, itsExpected, 0, null, 0);
    }

    /// The same file, with its rows read.
    public FileWork counted(long itsTokens) {
        return new FileWork(claim, bytes, expected, itsTokens, exam, exams);
    }

    /// The same file, of whose exams more is known.
    public FileWork foreseen(ForeseenExam newest) {
        return new FileWork(claim, bytes, expected, tokens, newest, exams);
    }

    /// The same file after one of its exams.
    public FileWork examined(ForeseenExam next) {
        return new FileWork(claim, bytes, expected, tokens, next, exams + 1);
    }
}
