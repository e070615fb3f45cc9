package dev.stepwell.core.queue;

import java.time.Instant;

/// An attempt at a file. One that is interrupted and goes on later, in another process perhaps, is still the same.
///
/// @param fileId   the file's identity
/// @param file     its name as dropped
/// @param number   which attempt at the file, from 1
/// @param beganAt  when it began
/// @param baseStep global step from which the file's steps count
public record FileAttempt(long fileId, String file, int number, Instant beganAt, long baseStep) {
    /// The same, with steps that count from where the trainer says.
    public FileAttempt from(long newBaseStep) {
        return new FileAttempt(fileId, file, number, beganAt, newBaseStep);
    }
}
