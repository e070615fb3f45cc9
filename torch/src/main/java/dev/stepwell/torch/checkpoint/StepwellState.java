package dev.stepwell.torch.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `stepwell_state.json`: what only we know about a checkpoint.
///
/// There is no state of a random number generator in it, for none outlives a step: rows are ordered by a generator
/// that starts anew from (seed, file, epoch), and what dropout drops is drawn by one that starts anew from (seed,
/// step).
///
/// @param schemaVersion [#SCHEMA_VERSION]
/// @param globalStep    step of the weights
/// @param seed          from which the first weights were drawn
/// @param rowOrder      name of the generator that orders rows
/// @param cursor        where in which file; null before the first file
/// @param savedAt       when, ISO 8601
/// @param unfinished    where in other files, of which the weights contain a part and which may go on; a
///                      checkpoint of an older program has none
/// @param base          fingerprint of the model to which an adapter belongs; null where there is none, and in a
///                      checkpoint of an older program
public record StepwellState(
        int schemaVersion,
        long globalStep,
        long seed,
        String rowOrder,
        @Nullable Cursor cursor,
        String savedAt,
        @Nullable List<Cursor> unfinished,
        @Nullable String base) {
    public static final int SCHEMA_VERSION = 1;

    public StepwellState {
        unfinished = unfinished == null ? List.of() : List.copyOf(unfinished);
    }

    /// Fingerprint of the model to which the adapter in a folder belongs; empty where nothing there says. At the root
    /// of a folder of checkpoints it is what the checkpoint says from which the adapter is.
    ///
    /// @throws IOException if what is there cannot be read
    public static Optional<String> baseOf(Path folder) throws IOException {
        Path file = folder.resolve(CheckpointFiles.STEPWELL_STATE);
        if (Files.exists(file)) {
            return Optional.ofNullable(Json.read(file, StepwellState.class).base);
        }
        Path adapter = folder.resolve(CheckpointFiles.ADAPTER);
        for (CheckpointFolder.Candidate candidate : new CheckpointFolder(folder).newestFirst()) {
            Path own = candidate.directory().resolve(CheckpointFiles.ADAPTER);
            if (Files.exists(own)
                    && Files.exists(candidate.directory().resolve(CheckpointFiles.STEPWELL_STATE))
                    && ModelAtRoot.isSame(own, adapter)) {
                return baseOf(candidate.directory());
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Cursor> unfinished() {
        return unfinished == null ? List.of() : unfinished;
    }
}
