package dev.stepwell.torch.checkpoint;

import dev.stepwell.core.retention.Item;
import dev.stepwell.core.retention.Protection;
import dev.stepwell.core.retention.Shelf;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Checkpoints that were found invalid and set aside, for retention. The newest few are kept for who wants to see
/// what became of them; training never goes on from one.
///
/// Newest is the one that was written last: since then weights may have been trained anew from an older one, so
/// that their steps say nothing about it.
public final class PassedOverShelf implements Shelf {
    /// How many are kept.
    public static final int KEPT = 2;

    private final CheckpointStore store;

    public PassedOverShelf(CheckpointStore store) {
        this.store = store;
    }

    @Override
    public List<Item> newestFirst() throws IOException {
        List<Item> items = new ArrayList<>();
        for (Path aside : store.passedOver()) {
            items.add(CheckpointShelf.item(aside));
        }
        items.sort(Comparator.comparing(Item::time).thenComparing(Item::name).reversed());
        for (int i = 0; i < Math.min(KEPT, items.size()); i++) {
            items.set(i, items.get(i).protectedBy(Protection.NEWEST_FEW));
        }
        return items;
    }

    @Override
    public void delete(Item item) throws IOException {
        store.removePassedOver(item.name());
    }
}
