package dev.stepwell.core.queue;

import java.io.IOException;

/// Where users ask about the queue and change it. One request, one answer, both of them records that are one JSON
/// object each: a desk can as well be in another process.
@FunctionalInterface
public interface QueueDesk {
    /// Does what is asked, or says why it cannot be done. Safe to call from any thread.
    ///
    /// @throws IOException if a file of the queue cannot be read, written or moved, or the desk cannot be reached
    DeskAnswer answer(DeskRequest request) throws IOException;
}
