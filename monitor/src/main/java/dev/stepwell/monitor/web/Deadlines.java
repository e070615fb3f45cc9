package dev.stepwell.monitor.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Ends connections whose clients keep them waiting: for a TLS handshake, for a request's line and headers, for more
/// of its body, or for what is sent to them to be read.
///
/// A connection has one thread, so threads are what is remembered and, too late, interrupted, which closes the socket
/// they read from or write to. Between requests the time runs from the beginning of a connection and from the end of
/// each answer, so it is also how long a connection may rest. A handshake is part of the first read, and so of the
/// first wait.
final class Deadlines implements ServerConnectionSelector, AutoCloseable {
    private static final int LOOKS = 8;

    private final Map<Thread, Long> due = new ConcurrentHashMap<>();
    private final Http1ConnectionSelector connections;
    private final Duration patience;
    private final int piece;
    private final Thread watch;

    /// @param patience      how long a client is waited for at a time
    /// @param configuration of the connections
    Deadlines(Duration patience, Consumer<Http1Config.Builder> configuration) {
        this.patience = patience;
        piece = Math.max(1, (int) (Paced.BYTES_PER_SECOND * patience.toMillis() / 1_000));
        Http1Config.Builder config = Http1Config.builder();
        configuration.accept(config);
        connections = Http1ConnectionSelector.builder().config(config.build()).build();
        watch = Thread.ofVirtual().name("deadlines").start(this::interruptWhoIsLate);
    }

    /// A wait of the calling thread for its client, until it is closed.
    @FunctionalInterface
    interface Wait extends AutoCloseable {
        /// @throws CloseConnectionException if it took too long
        @Override
        void close();
    }

    /// The calling connection's thread waits for its client from now on.
    Wait begin() {
        due.put(Thread.currentThread(), System.nanoTime() + patience.toNanos());
        return this::met;
    }

    /// What the calling thread waited for is there.
    ///
    /// @throws CloseConnectionException if it came too late: the thread was interrupted
    void met() {
        if (due.remove(Thread.currentThread()) == null) {
            Thread.interrupted(); // It has had its effect, and means nothing to whoever tidies up.
            throw new CloseConnectionException("the client took longer than " + patience);
        }
    }

    /// What `in` has, each read of it with a deadline of its own, and all of them at a least pace.
    InputStream paced(InputStream in) {
        return Paced.of(new Timely(in), patience);
    }

    /// Writes `bytes` at the least pace at which bodies have to come: in pieces, each of which has to be taken in time.
    void write(OutputStream out, byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += piece) {
            try (Wait _ = begin()) {
                out.write(bytes, from, Math.min(piece, bytes.length - from));
                out.flush();
            }
        }
    }

    /// How many bytes somebody reads in time who reads at the least pace.
    int piece() {
        return piece;
    }

    private void interruptWhoIsLate() {
        try {
            while (true) {
                Thread.sleep(patience.dividedBy(LOOKS));
                long now = System.nanoTime();
                // In one step, so that whoever finds its deadline gone has been interrupted, and nobody is afterwards.
                due.forEach((thread, _) -> due.computeIfPresent(thread, (late, deadline) -> {
                    if (now - deadline <= 0) {
                        return deadline;
                    }
                    late.interrupt();
                    return null;
                }));
            }
        } catch (InterruptedException _) {
            // The server has ended.
        }
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        return new Timed(connections.connection(context));
    }

    /// A connection that is timed from its beginning to its end.
    private final class Timed implements ServerConnection {
        private final ServerConnection connection;

        Timed(ServerConnection connection) {
            this.connection = connection;
        }

        @Override
        public void handle(Limit limit) throws InterruptedException {
            begin();
            try {
                connection.handle(limit);
            } finally {
                begin(); // TLS takes leave of its client, who may not read that either.
            }
        }

        @Override
        public Duration idleTime() {
            return connection.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            connection.close(interrupt);
        }
    }

    /// A stream whose every read has a deadline.
    private final class Timely extends FilterInputStream {
        Timely(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try (Wait _ = begin()) {
                return in.read();
            }
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            try (Wait _ = begin()) {
                return in.read(buffer, from, length);
            }
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return connections.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return connections.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return connections.supportedApplicationProtocols();
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
