package dev.stepwell.core.status;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A time in which the status file cannot be written: said once when it begins and once when it is over.
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

    private final Path file;
    private volatile @Nullable Exception error;
    private long lost;

    Outage(Path file) {
        this.file = file;
    }

    /// Why the file cannot be written now; null if it can. From any thread.
    @Nullable
    Exception error() {
        return error;
    }

    void began(Exception reason) {
        if (error == null) {
            LOG.warn(
                    "The status file {} cannot be written: {}. Training goes on; it is tried again until it works.",
                    file,
                    reason.toString());
            LOG.debug("The status file cannot be written", reason);
        }
        error = reason;
    }

    /// A transition had to be given up because too many wait to be written.
    void lost() {
        lost++;
    }

    void over() {
        if (error != null) {
            LOG.info("The status file {} can be written again. Transitions given up meanwhile: {}.", file, lost);
            error = null;
            lost = 0;
        }
    }
}
