package dev.stepwell.monitor.web;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.http.Headers;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionListener;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// Ends connections on which a request's line and headers do not come whole in time: a limit on single reads alone is
/// kept by who sends a byte now and then, and holds a connection for hours.
///
/// A connection has one thread, so threads are what is remembered and, too late, interrupted, which closes the socket
/// they read from. The time runs from the beginning of a connection, and from the end of each answer, so it is also
/// how long a connection may rest between two requests.
final class HeaderDeadlines implements ServerConnectionSelector, Http1ConnectionListener, AutoCloseable {
    private static final int LOOKS = 8;

    private final Map<Thread, Long> due = new ConcurrentHashMap<>();
    private final Http1ConnectionSelector connections;
    private final long patienceNanos;
    private final Thread watch;

    /// @param configuration of the connections
    HeaderDeadlines(Duration patience, Consumer<Http1Config.Builder> configuration) {
        patienceNanos = patience.toNanos();
        Http1Config.Builder config = Http1Config.builder();
        configuration.accept(config);
        connections = Http1ConnectionSelector.builder()
                .config(config.addReceiveListener(this).build())
                .build();
        watch = Thread.ofVirtual().name("header-deadlines").start(this::interruptWhoIsLate);
    }

    /// The calling connection's thread waits for its next request from now on.
    void begin() {
        due.put(Thread.currentThread(), System.nanoTime() + patienceNanos);
    }

    @Override
    public void headers(ConnectionContext connection, Headers headers) {
        due.remove(Thread.currentThread());
    }

    private void interruptWhoIsLate() {
        try {
            while (true) {
                Thread.sleep(Duration.ofNanos(patienceNanos / LOOKS));
                long now = System.nanoTime();
                due.forEach((thread, deadline) -> {
                    if (now - deadline > 0 && due.remove(thread, deadline)) {
                        thread.interrupt();
                    }
                });
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
                due.remove(Thread.currentThread());
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
