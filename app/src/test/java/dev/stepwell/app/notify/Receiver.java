package dev.stepwell.app.notify;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A web server on loopback that is sent alerts, and answers as a test wants it.
public final class Receiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private final List<Request> all = new ArrayList<>();
    private final BlockingQueue<Request> acknowledged = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch hanging = new CountDownLatch(1);

    /// How a request is answered.
    sealed interface Answer {}

    /// With a status, headers and a body.
    record Status(int code, Map<String, String> headers, String body) implements Answer {}

    /// Not at all.
    record Hang() implements Answer {}

    /// With a status, and then with a body that never ends.
    record HangInBody(int code) implements Answer {}

    /// By closing the connection.
    record Reset() implements Answer {}

    /// What was sent.
    public record Request(Map<String, String> headers, String body) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    private Receiver(HttpServer server) {
        this.server = server;
    }

    public static Receiver start() throws IOException {
        return start(0);
    }

    static Receiver start(int port) throws IOException {
        Receiver receiver =
                new Receiver(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0));
        receiver.server.setExecutor(receiver.threads);
        receiver.server.createContext("/hook", receiver::handle);
        receiver.server.start();
        return receiver;
    }

    static Status status(int code) {
        return new Status(code, Map.of(), "");
    }

    /// Answers the next requests so, and those after them with 200.
    void answer(Answer... next) {
        synchronized (answers) {
            answers.addAll(List.of(next));
        }
    }

    /// With something in it that is nobody's business.
    public URI url() {
        return URI.create("http://127.0.0.1:%d/hook?key=geheim".formatted(port()));
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// The next request that was answered with 200, once there is one.
    public Request next() throws InterruptedException {
        Request request = acknowledged.poll(60, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("nothing came within a minute");
        }
        return request;
    }

    /// How many were answered with 200 and not asked for.
    int left() {
        return acknowledged.size();
    }

    List<Request> all() {
        synchronized (all) {
            return List.copyOf(all);
        }
    }

    /// Returns when a request is held up.
    void awaitHanging() throws InterruptedException {
        if (!hanging.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("nothing came within a minute");
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        Request request = new Request(
                headers.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().getFirst())),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        synchronized (all) {
            all.add(request);
        }
        Answer answer;
        synchronized (answers) {
            answer = answers.isEmpty() ? status(200) : answers.remove();
        }
        switch (answer) {
            case Status status -> {
                status.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] body = status.body().getBytes(StandardCharsets.UTF_8);
                if (status.code() == 200) {
                    acknowledged.add(request);
                }
                exchange.sendResponseHeaders(status.code(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            }
            case Hang _ -> hang();
            case HangInBody(int code) -> {
                if (code == 200) {
                    acknowledged.add(request);
                }
                exchange.sendResponseHeaders(code, 0);
                OutputStream body = exchange.getResponseBody();
                body.write('.');
                body.flush();
                hang();
            }
            case Reset _ -> exchange.close();
        }
    }

    private void hang() throws IOException {
        hanging.countDown();
        try {
            closing.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
