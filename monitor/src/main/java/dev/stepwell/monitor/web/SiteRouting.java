package dev.stepwell.monitor.web;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// From a request to who answers it: past the gatekeeper, if there is a place.
final class SiteRouting {
    private static final String LOGIN = "/login";
    private static final int MAX_LOGIN = 1 << 10;

    private final Site site;
    private final Gatekeeper gatekeeper;
    private final Places places;
    private final Deadlines deadlines;
    private final Answers answers;

    SiteRouting(Site site, Gatekeeper gatekeeper, Places places, Deadlines deadlines) {
        this.site = site;
        this.gatekeeper = gatekeeper;
        this.places = places;
        this.deadlines = deadlines;
        this.answers = new Answers(deadlines);
    }

    HttpRouting.Builder routing() {
        HttpRouting.Builder routing = HttpRouting.builder().addFilter(this::guard);
        for (Page page : site.pages()) {
            routing.get(page.path(), (req, res) -> show(page, req, res));
            refuseOthers(routing, page.path(), "GET");
        }
        Site.Viewed viewed = site.viewed();
        if (viewed != null) {
            EventRoute events = new EventRoute(viewed.stream(), deadlines);
            routing.get(EventRoute.PATH, (req, res) -> watch(events, req, res));
            refuseOthers(routing, EventRoute.PATH, "GET");
            routing.post(LOGIN, (req, res) -> logIn(viewed.sessions(), req, res));
            refuseOthers(routing, LOGIN, "POST");
        }
        Uploads taken = site.uploads();
        if (taken != null) {
            routing.post(Uploads.PATH, (req, res) -> upload(taken, req, res));
            refuseOthers(routing, Uploads.PATH, "POST");
        }
        for (Route route : site.api()) {
            routing.route(Method.create(route.method()), route.path(), (req, res) -> answer(route, req, res));
        }
        site.api().stream()
                .collect(Collectors.groupingBy(
                        Route::path, LinkedHashMap::new, Collectors.mapping(Route::method, Collectors.toSet())))
                .forEach((path, methods) -> routing.any(path, (_, res) -> answers.wrongMethod(res, methods)));
        return routing.any((_, res) -> answers.send(res, ApiResponse.error(404, "not_found", "There is nothing here.")))
                .error(BadRequestException.class, (_, res, e) -> answers.refused(res, e))
                .error(RuntimeException.class, answers::failed);
    }

    private void refuseOthers(HttpRouting.Builder routing, String path, String method) {
        routing.any(path, (_, res) -> answers.wrongMethod(res, Set.of(method)));
    }

    private void guard(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        deadlines.met(); // Its line and headers are there.
        try {
            Optional<ApiResponse> refusal = gatekeeper.stranger(
                    request.localPeer().port(), header(request, HeaderNames.HOST), header(request, HeaderNames.ORIGIN));
            if (refusal.isEmpty() && request.path().path().startsWith(ApiServer.PROTECTED)) {
                refusal = gatekeeper.unauthorized(header(request, HeaderNames.AUTHORIZATION));
            }
            boolean chunked = request.headers().contains(HeaderNames.TRANSFER_ENCODING);
            if (refusal.isEmpty() && !isUpload(request) && (chunked || length(request) > ApiServer.MAX_BODY)) {
                refusal = Optional.of(ApiResponse.error(
                        413, "too_large", "A body has %d bytes at most and says so.".formatted(ApiServer.MAX_BODY)));
            }
            if (refusal.isPresent()) {
                if (chunked) { // What is left of a body is read before the next request, a chunk into memory, whole.
                    response.header(HeaderValues.CONNECTION_CLOSE);
                }
                answers.send(response, refusal.get());
            } else {
                chain.proceed();
            }
        } finally {
            deadlines.begin();
        }
        if (response.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            // Else Helidon takes what comes next for a request, and it may be what is left of this one's body.
            throw new CloseConnectionException("as the answer says");
        }
    }

    private static long length(RoutingRequest request) {
        return request.headers().contentLength().orElse(0);
    }

    private boolean isUpload(RoutingRequest request) {
        return site.uploads() != null
                && request.prologue().method().equals(Method.POST)
                && request.path().path().equals(Uploads.PATH);
    }

    private static Optional<String> header(RoutingRequest request, HeaderName name) {
        return request.headers().first(name);
    }

    private void show(Page page, ServerRequest request, ServerResponse response) {
        Optional<ApiResponse> refusal =
                gatekeeper.unauthorized(page, request.headers().first(HeaderNames.AUTHORIZATION));
        if (refusal.isPresent()) {
            answers.send(response, refusal.get());
        } else {
            answers.show(page, request, response);
        }
    }

    private void answer(Route route, ServerRequest request, ServerResponse response) throws InterruptedException {
        ApiRequest asked = asked(request, JsonBodies.read(request.content(), ApiServer.MAX_BODY, deadlines));
        // Only now, for who sends its body a byte at a time must not keep others from being answered.
        if (!places.requests().tryAcquire()) {
            answers.send(response, ApiResponse.error(503, "busy", "Too many requests wait already."));
            return;
        }
        try {
            answers.send(response, route.handler().answer(asked));
        } finally {
            places.requests().release();
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
        if (!places.uploads().tryAcquire()) {
            answers.send(response, ApiResponse.error(503, "busy", "Others are sending files; try again in a moment."));
            return;
        }
        try (InputStream content = deadlines.paced(request.content().inputStream())) {
            ApiRequest asked = asked(request, MissingNode.getInstance());
            answers.send(response, taken.handler().take(asked, request.headers().contentLength(), content));
        } finally {
            places.uploads().release();
        }
    }

    private void watch(EventRoute events, ServerRequest request, ServerResponse response)
            throws InterruptedException, IOException {
        if (!places.watchers().tryAcquire()) {
            answers.send(response, ApiResponse.error(503, "busy", "Too many watch already."));
            return;
        }
        try {
            events.serve(request, response);
        } finally {
            places.watchers().release();
        }
    }

    /// A session for the key of a link, or for the token; the same answer to a key that was used and to one that
    /// never was.
    private void logIn(Sessions sessions, ServerRequest request, ServerResponse response) {
        JsonNode body = JsonBodies.read(request.content(), MAX_LOGIN, deadlines);
        String given = body.path("token").asString("");
        Optional<String> session = gatekeeper.isToken(given)
                ? Optional.of(sessions.newToken())
                : sessions.redeem(body.path("key").asString(""));
        answers.send(
                response,
                session.map(token -> ApiResponse.of(
                                200, JsonMapper.shared().createObjectNode().put("token", token)))
                        .orElseGet(() -> given.isEmpty()
                                ? ApiResponse.error(
                                        401,
                                        "wrong_key",
                                        "This link has been used. `stepwell dashboard` prints a new one.")
                                : ApiResponse.error(401, "wrong_token", "This is not the token.")));
    }
}
