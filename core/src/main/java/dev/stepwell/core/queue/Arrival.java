package dev.stepwell.core.queue;

import java.time.Instant;

/// A file in the inbox that is about to be taken.
///
/// @param name         its name as dropped, without folders
/// @param source       its path from the inbox
/// @param bytes        its size
/// @param modified     when it was last written
/// @param priority     from the folder in which it lay
/// @param arrivalGroup files of one group arrived together and are trained in natural name order
record Arrival(String name, String source, long bytes, Instant modified, Priority priority, long arrivalGroup) {}
