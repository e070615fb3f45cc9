package dev.stepwell.app.cli;

import dev.stepwell.core.queue.QueueDesk;
import java.io.IOException;

/// A desk that is held until it is closed.
public interface DeskConnection extends QueueDesk, AutoCloseable {
    @Override
    void close() throws IOException;
}
