package dev.stepwell.app.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The events of a server that has begun to send them. Read by a thread of its own, so that who waits for them can
/// give up.
public final class EventConnection implements AutoCloseable {
    /// Who reads slowly lets the server wait, not this memory fill.
    private static final int WAITING = 16;

    private sealed interface Heard {
        record Event(ServerEvent event) implements Heard {}

        record End(IOException why) implements Heard {}
    }

    private final InputStream bytes;
    private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread;
    private volatile @Nullable Duration retry;

    /// @param bytes closed with this
    EventConnection(InputStream bytes) {
        this.bytes = bytes;
        this.thread = Thread.ofVirtual().name("events").start(this::read);
    }

    /// Waits for the next event.
    ///
    /// @param patience after which a silent connection counts as lost
    /// @throws HttpTimeoutException if nothing was heard for so long
    /// @throws IOException          if there will be no more
    public ServerEvent next(Duration patience) throws IOException, InterruptedException {
        return switch (heard.poll(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            case Heard.Event(ServerEvent event) -> event;
            case Heard.End(IOException why) -> throw new IOException(why.getMessage(), why);
            case null -> throw new HttpTimeoutException("no sign of life for " + patience.toMillis() + " ms");
        };
    }

    /// As [EventReader#retry].
    public Optional<Duration> retry() {
        return Optional.ofNullable(retry);
    }

    private void read() {
        try {
            EventReader events = new EventReader(bytes);
            for (ServerEvent event = events.next(); event != null; event = events.next()) {
                retry = events.retry().orElse(null);
                heard.put(new Heard.Event(event));
            }
            heard.put(new Heard.End(new EOFException("the daemon closed the connection")));
        } catch (IOException e) {
            end(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // Closed, and nobody asks for more.
        }
    }

    private void end(IOException why) {
        try {
            heard.put(new Heard.End(why));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        bytes.close();
    }
}
