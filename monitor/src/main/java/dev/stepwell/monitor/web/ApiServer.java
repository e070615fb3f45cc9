package dev.stepwell.monitor.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// An HTTP/1.1 server on 127.0.0.1. Everything below `/api/` needs the token, or a browser's [session][Sessions].
///
/// What a client can make it hold is bounded: headers, bodies, connections, requests that wait. Each request
/// has a virtual thread, so that one which waits for an effect costs next to nothing.
public final class ApiServer implements AutoCloseable {
    static final String PROTECTED = "/api/";

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int MAX_REQUESTS = 64;
    private static final int MAX_HEADERS = 8 << 10;
    private static final int MAX_BODY = 64 << 10;
    private static final int MAX_LOGIN = 1 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration READ_PATIENCE = Duration.ofSeconds(15);
    /// Nothing from elsewhere, nothing written into the page itself, in nobody's frame.
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Semaphore places = new Semaphore(MAX_REQUESTS);
    private final int maxWatchers = Connections.watchers();
    private final Semaphore watchers = new Semaphore(maxWatchers);
    private final Semaphore uploads = new Semaphore(Uploads.AT_ONCE);
    private final Duration patience;
    private final Site site;
    private final Gatekeeper gatekeeper;
    private final WebServer server;

    private ApiServer(Site site, String token, int port, Duration patience) {
        this.site = site;
        this.patience = patience;
        gatekeeper = new Gatekeeper(
                token, site.viewed() == null ? null : site.viewed().sessions());
        server = WebServer.builder()
                .host("127.0.0.1")
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(PATIENCE)
                .maxTcpConnections(Connections.FOR_REQUESTS + maxWatchers)
                // An event waits for nobody's acknowledgement, and nobody is waited for who sends nothing.
                .connectionOptions(options -> options.tcpNoDelay(true).readTimeout(patience))
                .maxPayloadSize(
                        site.uploads() == null
                                ? MAX_BODY
                                : Math.max(MAX_BODY, site.uploads().maxBytes()))
                .protocolsDiscoverServices(false)
                .addProtocol(Http1Config.builder().maxHeadersSize(MAX_HEADERS).build())
                .routing(routing())
                .build()
                .start();
        if (!server.isRunning()) {
            throw new IllegalStateException("cannot listen on 127.0.0.1, port %d".formatted(port));
        }
    }

    /// Starts a server of `site`.
    ///
    /// @param port the one to listen on, 0 for any that is free; where it is taken, any that is free is used, and
    ///             the log says so
    public static ApiServer start(Site site, String token, int port) {
        return start(site, token, port, READ_PATIENCE);
    }

    /// @param patience how long a sender may say nothing, or too little
    static ApiServer start(Site site, String token, int port, Duration patience) {
        if (port == 0 || isFree(port)) {
            return new ApiServer(site, token, port, patience);
        }
        ApiServer server = new ApiServer(site, token, 0, patience);
        LOG.warn(
                "port {} is taken by another program: listening on {} instead; web_port in config.json sets it",
                port,
                server.port());
        return server;
    }

    /// Asked before, because Helidon only logs that it could not listen.
    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    private HttpRouting.Builder routing() {
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(this::guard);
        for (Page page : site.pages()) {
            routing.get(page.path(), (req, res) -> show(page, req, res));
        }
        Site.Viewed viewed = site.viewed();
        if (viewed != null) {
            EventRoute events = new EventRoute(viewed.stream());
            routing.get(EventRoute.PATH, (req, res) -> watch(events, req, res));
            routing.post("/login", (req, res) -> logIn(viewed.sessions(), req, res));
        }
        Uploads taken = site.uploads();
        if (taken != null) {
            routing.post(Uploads.PATH, (req, res) -> upload(taken, req, res));
            routing.any(Uploads.PATH, (_, res) -> wrongMethod(res, Set.of("POST")));
        }
        for (Route route : site.api()) {
            routing.route(Method.create(route.method()), route.path(), (req, res) -> answer(route, req, res));
        }
        site.api().stream()
                .collect(Collectors.groupingBy(
                        Route::path, LinkedHashMap::new, Collectors.mapping(Route::method, Collectors.toSet())))
                .forEach((path, methods) -> routing.any(path, (_, res) -> wrongMethod(res, methods)));
        return routing.any((_, res) -> send(res, ApiResponse.error(404, "not_found", "There is nothing here.")))
                .error(BadRequestException.class, (_, res, e) -> send(res, badRequest(e)))
                .error(RuntimeException.class, ApiServer::failed);
    }

    private static void wrongMethod(ServerResponse response, Set<String> methods) {
        String allowed = String.join(", ", new TreeSet<>(methods));
        response.header(HeaderNames.ALLOW, allowed);
        send(response, ApiResponse.error(405, "wrong_method", "This takes " + allowed + "."));
    }

    private void guard(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<ApiResponse> refusal = gatekeeper.stranger(
                request.localPeer().port(), header(request, HeaderNames.HOST), header(request, HeaderNames.ORIGIN));
        if (refusal.isEmpty() && request.path().path().startsWith(PROTECTED)) {
            refusal = gatekeeper.unauthorized(header(request, HeaderNames.AUTHORIZATION));
        }
        if (refusal.isPresent()) {
            send(response, refusal.get());
        } else {
            chain.proceed();
        }
    }

    private static Optional<String> header(RoutingRequest request, HeaderName name) {
        return request.headers().first(name);
    }

    private void answer(Route route, ServerRequest request, ServerResponse response) throws InterruptedException {
        ApiRequest asked = asked(request, JsonBodies.read(request.content(), MAX_BODY, patience));
        // Only now, for who sends its body a byte at a time must not keep others from being answered.
        if (!places.tryAcquire()) {
            send(response, ApiResponse.error(503, "busy", "Too many requests wait already."));
            return;
        }
        try {
            send(response, route.handler().answer(asked));
        } finally {
            places.release();
        }
    }

    private ApiRequest asked(ServerRequest request, JsonNode body) {
        Map<String, String> query = new LinkedHashMap<>();
        request.query()
                .names()
                .forEach(name -> query.put(name, request.query().first(name).orElse("")));
        Map<String, String> path = new LinkedHashMap<>();
        var parameters = request.path().pathParameters();
        parameters.names().forEach(name -> path.put(name, parameters.get(name)));
        return new ApiRequest(
                path, query, body, gatekeeper.isBrowser(request.headers().first(HeaderNames.AUTHORIZATION)));
    }

    private void upload(Uploads taken, ServerRequest request, ServerResponse response) throws IOException {
        if (!uploads.tryAcquire()) {
            send(response, ApiResponse.error(503, "busy", "Others are sending files; try again in a moment."));
            return;
        }
        try (InputStream content = Paced.of(request.content().inputStream(), patience)) {
            send(
                    response,
                    taken.handler()
                            .take(
                                    asked(request, MissingNode.getInstance()),
                                    request.headers().contentLength(),
                                    content));
        } finally {
            uploads.release();
        }
    }

    private static void show(Page page, ServerRequest request, ServerResponse response) {
        Page.Content content =
                page.answer().apply(request.headers().first(HeaderNames.ACCEPT).orElse(""));
        response.status(Status.create(content.status()))
                .header(HeaderNames.CONTENT_TYPE, content.type())
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .send(content.bytes());
    }

    private void watch(EventRoute events, ServerRequest request, ServerResponse response)
            throws InterruptedException, IOException {
        if (!watchers.tryAcquire()) {
            send(response, ApiResponse.error(503, "busy", "Too many watch already."));
            return;
        }
        try {
            events.serve(request, response);
        } finally {
            watchers.release();
        }
    }

    /// A key of a link for a token; the same answer to a key that was used and to one that never was.
    private void logIn(Sessions sessions, ServerRequest request, ServerResponse response) {
        String key = JsonBodies.read(request.content(), MAX_LOGIN, patience)
                .path("key")
                .asString("");
        send(
                response,
                sessions.redeem(key)
                        .map(token -> ApiResponse.of(
                                200, JsonMapper.shared().createObjectNode().put("token", token)))
                        .orElseGet(() -> ApiResponse.error(
                                401, "wrong_key", "This link has been used. `stepwell dashboard` prints a new one.")));
    }

    private static ApiResponse badRequest(BadRequestException e) {
        return ApiResponse.error(400, "bad_request", String.valueOf(e.getMessage()));
    }

    private static void failed(ServerRequest request, ServerResponse response, RuntimeException e) {
        if (e instanceof HttpException refused) { // A body that is too large, say.
            send(response, ApiResponse.error(refused.status().code(), "refused", String.valueOf(e.getMessage())));
            return;
        }
        LOG.error("the request {} failed", request.path().path(), e);
        send(response, ApiResponse.error(500, "failed", "The request failed; logs/stepwell.log says why."));
    }

    private static void send(ServerResponse response, ApiResponse answer) {
        response.status(Status.create(answer.status()))
                .header(HeaderNames.CONTENT_TYPE, "application/json; charset=utf-8")
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff")
                .send(answer.json().getBytes(StandardCharsets.UTF_8));
    }

    /// Ends it, after the answers that are being given: each command was answered by then.
    @Override
    public void close() {
        if (site.viewed() != null) {
            site.viewed().stream().close();
        }
        try {
            if (!places.tryAcquire(MAX_REQUESTS, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("requests were still being answered when the server was closed");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        server.stop();
    }
}
