package dev.stepwell.core.queue;

/// A file whose content is known already.
///
/// @param copy      the file, which was being taken
/// @param original  the one that has the same bytes
/// @param treatment what becomes of it: held, and it is; or skipped, which is left to do
record Duplicate(Surveyed copy, QueuedFile original, Duplicates treatment) {}
