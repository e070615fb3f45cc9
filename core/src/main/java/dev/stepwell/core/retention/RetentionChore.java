package dev.stepwell.core.retention;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps one shelf to its rules, and says in the log what goes.
///
/// @param alert type of the alert that stands while it fails
public record RetentionChore(Retention retention, String alert) implements Housekeeper.Chore {
    private static final Logger LOG = LoggerFactory.getLogger(RetentionChore.class);

    @Override
    public String name() {
        return "retention of " + retention.folder();
    }

    @Override
    public void run() throws IOException {
        Retention.Done done = retention.apply();
        for (Decision gone : done.deleted()) {
            LOG.info(
                    "deleted {}{}: {}",
                    retention.folder(),
                    gone.item().name(),
                    gone.verdict().why());
        }
        if (!done.failed().isEmpty()) {
            throw new IOException("%d could not be deleted, such as %s"
                    .formatted(done.failed().size(), done.failed().getFirst()));
        }
    }
}
