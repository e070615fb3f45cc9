package dev.stepwell.monitor.web;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/// A client that sends a byte now and then, which keeps every limit on single reads.
final class Dripping {
    /// Between two bytes; a dripping client waits for an answer as long.
    private static final int DRIP_MS = 100;

    private static final int MOST_DRIPS = 200;

    private Dripping() {}

    /// Sends a byte of `bytes`, over and over, whenever no answer came for a moment; whether the server closes the
    /// connection.
    static boolean isLetGo(Socket socket, byte[] bytes) throws IOException {
        socket.setSoTimeout(DRIP_MS);
        int drips = 0;
        while (drips < MOST_DRIPS) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException _) {
                try {
                    socket.getOutputStream().write(bytes[drips++ % bytes.length]);
                } catch (SocketException _) {
                    return true;
                }
            } catch (SocketException _) {
                return true;
            }
        }
        return false;
    }
}
