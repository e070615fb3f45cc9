package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Requests byte by byte, because a client library would not send what an intruder would.
final class RawHttp {
    private static final int PATIENCE_MS = 20_000;

    private RawHttp() {}

    /// @param json missing where the body is no object
    record Answer(int status, String head, JsonNode json) {}

    /// @param line    method and path
    /// @param headers each with its end of line, `Host` among them
    static Answer send(int port, String line, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String request = "%s HTTP/1.1\r\n%sConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(line, headers, bytes.length, body);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return read(new BufferedInputStream(socket.getInputStream()));
        }
    }

    static Answer read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            assertThat(next).as("more than " + head).isNotNegative();
            head.append((char) next);
        }
        Matcher length = Pattern.compile("(?i)content-length: (\\d+)").matcher(head);
        String body = new String(
                in.readNBytes(length.find() ? Integer.parseInt(length.group(1)) : 0), StandardCharsets.UTF_8);
        JsonNode json = body.startsWith("{")
                ? JsonMapper.shared().readTree(body)
                : JsonMapper.shared().missingNode();
        return new Answer(Integer.parseInt(head.toString().split(" ", 3)[1]), head.toString(), json);
    }
}
