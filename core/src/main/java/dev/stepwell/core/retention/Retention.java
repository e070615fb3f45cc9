package dev.stepwell.core.retention;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// One shelf and the rules for it.
///
/// @param folder what the shelf is called, for people
/// @param rules  the configuration it follows, for people
public record Retention(String folder, Shelf shelf, RetentionPolicy policy, String rules) {

    /// What was done.
    ///
    /// @param deleted what is gone now
    /// @param failed  what should be gone but could not be deleted, each in one line with the reason
    public record Done(List<Decision> deleted, List<String> failed) {
        public Done {
            deleted = List.copyOf(deleted);
            failed = List.copyOf(failed);
        }

        /// Bytes of what was deleted. A file system that shares them with something else frees fewer.
        public long bytes() {
            return deleted.stream().mapToLong(d -> d.item().bytes()).sum();
        }
    }

    /// What would be kept and deleted now, newest first. Changes nothing.
    public List<Decision> plan() throws IOException {
        return policy.decide(shelf.newestFirst());
    }

    /// Deletes what the rules do not keep, oldest first, so that what is left after a crash still follows them.
    ///
    /// @throws IOException if the folder cannot be read
    public Done apply() throws IOException {
        List<Decision> deleted = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Decision decision : plan().reversed()) {
            if (decision.keeps()) {
                continue;
            }
            try {
                shelf.delete(decision.item());
                deleted.add(decision);
            } catch (IOException e) {
                failed.add("%s: %s".formatted(decision.item().name(), e));
            }
        }
        return new Done(deleted, failed);
    }
}
