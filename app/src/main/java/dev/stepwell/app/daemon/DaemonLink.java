package dev.stepwell.app.daemon;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;

/// Reaches the daemon that runs in a base directory.
@FunctionalInterface
interface DaemonLink {
    /// The way to the desk of that daemon. Nothing is sent yet.
    Exchange to(BaseDirectory base);

    /// Carries a request to a desk and its answer back, both of them JSON.
    @FunctionalInterface
    interface Exchange {
        /// Sends `request` and waits for its answer.
        ///
        /// @throws IOException if there is none
        byte[] send(byte[] request) throws IOException;
    }
}
