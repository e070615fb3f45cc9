package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.io.Trees;
import dev.stepwell.core.retention.Item;
import dev.stepwell.core.retention.Protection;
import dev.stepwell.core.retention.Shelf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/// The snapshots, for retention. One has the size of its files, though they may be links that a checkpoint
/// shares.
public final class SnapshotShelf implements Shelf {
    private final Path folder;
    private final int keep;
    private final ZoneId zone;

    /// @param keep how many of the newest are kept in any case
    public SnapshotShelf(Path folder, int keep, ZoneId zone) {
        this.folder = folder;
        this.keep = keep;
        this.zone = zone;
    }

    @Override
    public List<Item> newestFirst() throws IOException {
        List<Item> items = new ArrayList<>();
        for (LocalDate day : Snapshots.days(folder)) {
            items.add(new Item(
                    day.toString(),
                    day.atTime(LocalTime.NOON).atZone(zone).toInstant(),
                    Trees.bytes(folder.resolve(day.toString())),
                    items.size() < keep ? Protection.NEWEST_FEW : null));
        }
        return items;
    }

    @Override
    public void delete(Item item) throws IOException {
        Path snapshot = folder.resolve(item.name());
        if (Snapshots.day(item.name()).isPresent() && Files.exists(snapshot)) {
            Trees.delete(Trees.retire(snapshot));
        }
    }
}
