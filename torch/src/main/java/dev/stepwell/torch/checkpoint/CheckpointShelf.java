package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.Trees;
import dev.stepwell.core.retention.Item;
import dev.stepwell.core.retention.Protection;
import dev.stepwell.core.retention.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// The checkpoints of one model, for retention.
///
/// Newest is the highest step, whatever the clock said when it was written. A checkpoint that is being written
/// has another name and is not among them; nor is one that was passed over as invalid.
public final class CheckpointShelf implements Shelf {
    private final CheckpointStore store;
    private final int keep;

    /// @param keep how many of the newest are kept in any case
    public CheckpointShelf(CheckpointStore store, int keep) {
        this.store = store;
        this.keep = keep;
    }

    @Override
    public List<Item> newestFirst() throws IOException {
        List<CheckpointFolder.Candidate> candidates = store.newestFirst();
        OptionalLong newestValid = store.findNewest();
        Long held = store.held();
        List<Item> items = new ArrayList<>(candidates.size());
        for (CheckpointFolder.Candidate candidate : candidates) {
            Item item = item(candidate.directory());
            if (newestValid.isPresent() && newestValid.getAsLong() == candidate.step()) {
                item = item.protectedBy(Protection.NEWEST_VALID);
            } else if (held != null && held == candidate.step()) {
                item = item.protectedBy(Protection.SNAPSHOT_SOURCE);
            } else if (items.size() < keep || newestValid.isEmpty()) {
                // Where none is valid, somebody has to look at them: none is deleted.
                item = item.protectedBy(Protection.NEWEST_FEW);
            }
            items.add(item);
        }
        return items;
    }

    /// A checkpoint as a thing to be kept or deleted, as old as its manifest; or as its folder, without one.
    static Item item(Path directory) throws IOException {
        Path manifest = directory.resolve(Manifest.FILE);
        Path dated = Files.exists(manifest) ? manifest : directory;
        Instant time = Files.exists(dated) ? Files.getLastModifiedTime(dated).toInstant() : Instant.EPOCH;
        return new Item(directory.getFileName().toString(), time, Trees.bytes(directory), null);
    }

    @Override
    public void delete(Item item) throws IOException {
        OptionalLong step = CheckpointFolder.stepOf(item.name());
        if (step.isEmpty()) {
            throw new IOException(item.name() + " is not a checkpoint");
        }
        store.remove(step.getAsLong());
    }
}
