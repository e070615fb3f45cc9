package dev.stepwell.app.daemon;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.util.Optional;

/// Reaches the daemon that runs in a base directory.
@FunctionalInterface
interface DaemonLink {
    /// The way to the desk of that daemon; empty if it has none.
    ///
    /// @throws IOException if it should have one that cannot be reached
    Optional<Exchange> to(BaseDirectory base) throws IOException;

    /// Carries a request to a desk and its answer back, both of them JSON.
    @FunctionalInterface
    interface Exchange {
        /// @throws IOException if there is no answer
        byte[] send(byte[] request) throws IOException;
    }
}
