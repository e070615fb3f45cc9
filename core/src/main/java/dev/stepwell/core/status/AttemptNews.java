package dev.stepwell.core.status;

import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;

/// What a transition says of an attempt at a file, beside the state that it led to.
sealed interface AttemptNews {
    /// It begins, or goes on.
    record Began(FileAttempt attempt) implements AttemptNews {}

    /// It has ended.
    record Ended(FileAttempt attempt, AttemptEnd end) implements AttemptNews {}
}
