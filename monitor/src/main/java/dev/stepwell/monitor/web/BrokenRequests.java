package dev.stepwell.monitor.web;

import io.helidon.common.buffers.DataReader;
import java.net.SocketException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps out of the log what Helidon warns of, with a stack, as an internal error: a request that did not come whole.
/// Whoever can reach the port could fill the log with it.
public final class BrokenRequests implements Filter {
    private BrokenRequests() {}

    /// The logger that warns, with this as its filter. To be held by who wants it kept, for loggers may be collected.
    public static Logger quieted() {
        Logger logger = Logger.getLogger("io.helidon.webserver.http1.Http1Connection");
        logger.setFilter(new BrokenRequests());
        return logger;
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        for (@Nullable Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
            if (cause instanceof DataReader.InsufficientDataAvailableException || cause instanceof SocketException) {
                return false;
            }
        }
        return true;
    }
}
