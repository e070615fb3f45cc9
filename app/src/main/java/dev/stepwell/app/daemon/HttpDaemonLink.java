package dev.stepwell.app.daemon;

import dev.stepwell.app.client.DaemonClient;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Reaches the desk of a daemon over loopback. Why it cannot is told as the control commands tell it.
final class HttpDaemonLink implements DaemonLink {
    /// A desk moves files and writes reports, and may wait for the queue's lock while a batch is taken.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public Exchange to(BaseDirectory base) {
        return request -> send(base, request);
    }

    private static byte[] send(BaseDirectory base, byte[] request) throws IOException {
        try (DaemonClient client = new DaemonClient(base)) {
            var reply = client.send("POST", DeskRoute.PATH, BodyPublishers.ofByteArray(request), PATIENCE);
            return ControlReport.require(reply, base).json().getBytes(StandardCharsets.UTF_8);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the daemon");
        }
    }
}
