package dev.stepwell.core.training;

import java.nio.file.Path;

/// One file to be trained.
///
/// @param fileId  the file's identity in the queue; a checkpoint remembers it, so that a file goes on where it
///                was
/// @param name    the file's name as the user dropped it
/// @param path    where its bytes are now
/// @param counted what it holds, as it was counted when it was queued: the ledger of an outcome that comes before
///                the file is read
public record TrainingJob(long fileId, String name, Path path, RowLedger counted) {}
