package dev.stepwell.core.retention;

import java.io.IOException;
import java.util.List;

/// A folder of things of one kind that come and go.
public interface Shelf {
    /// Everything on it, in the order in which it came, newest first, with its protection.
    ///
    /// @throws IOException if the folder cannot be read
    List<Item> newestFirst() throws IOException;

    /// Deletes `item`. After a crash half-way it is there as a whole, or is nothing that could be taken for one.
    /// What is gone already, or protected by now, is left as it is.
    ///
    /// @throws IOException if it cannot be deleted
    void delete(Item item) throws IOException;
}
