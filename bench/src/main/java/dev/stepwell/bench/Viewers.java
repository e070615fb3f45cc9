package dev.stepwell.bench;

import dev.stepwell.monitor.web.DaemonFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// Connections that follow a daemon's events and throw away what they are told, all on one thread, so that they take as
/// little as can be of the machine that they share with it.
final class Viewers implements AutoCloseable {
    private final DaemonFile daemon;
    private final Selector selector = Selector.open();
    private final Thread thread = new Thread(this::read, "viewers");
    private volatile boolean closing;

    private Viewers(DaemonFile daemon) throws IOException {
        this.daemon = daemon;
    }

    /// So many of them, connected.
    static Viewers of(int count, DaemonFile daemon) throws IOException {
        Viewers viewers = new Viewers(daemon);
        for (int i = 0; i < count; i++) {
            viewers.connect();
        }
        viewers.thread.start();
        return viewers;
    }

    private void connect() throws IOException {
        SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), daemon.port()));
        channel.write(StandardCharsets.US_ASCII.encode(
                "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
                        .formatted(daemon.port(), daemon.token())));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
        try {
            while (!closing) {
                selector.select(key -> discard((SocketChannel) key.channel(), buffer));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void discard(SocketChannel channel, ByteBuffer buffer) {
        try {
            if (channel.read(buffer.clear()) < 0) {
                throw new IllegalStateException("a viewer was cut off");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
