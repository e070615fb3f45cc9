package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.DeskConnection;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskJson;
import dev.stepwell.core.queue.DeskRequest;
import java.io.IOException;

/// The desk of a daemon in another process: one exchange for each request.
final class RemoteDesk implements DeskConnection {
    private final DaemonLink.Exchange exchange;

    RemoteDesk(DaemonLink.Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public DeskAnswer answer(DeskRequest request) throws IOException {
        try {
            return DeskJson.readAnswer(exchange.send(DeskJson.write(request)));
        } catch (IllegalArgumentException e) {
            throw new IOException("the daemon's answer is not understood; is it of another version?", e);
        }
    }

    /// Nothing is held between exchanges.
    @Override
    public void close() {}
}
