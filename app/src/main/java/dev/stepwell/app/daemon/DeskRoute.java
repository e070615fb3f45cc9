package dev.stepwell.app.daemon;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskJson;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.QueueDesk;
import dev.stepwell.monitor.web.ApiRequest;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.BadRequestException;
import dev.stepwell.monitor.web.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The queue's desk, as the daemon's server offers it: a request in JSON, its answer in JSON.
final class DeskRoute {
    static final String PATH = "/api/v1/desk";

    private DeskRoute() {}

    /// What is asked by `POST` in the desk's own words, and what can be read by address.
    static List<Route> of(QueueDesk desk) {
        return List.of(
                new Route("POST", PATH, request -> answer(desk, request)),
                new Route("GET", "/api/v1/queue", request -> list(desk, request, false)),
                new Route("GET", "/api/v1/history", request -> list(desk, request, true)),
                FileRoute.of(desk));
    }

    private static ApiResponse list(QueueDesk desk, ApiRequest request, boolean settled) {
        int limit = (int) request.whole("limit", 100, 0, Integer.MAX_VALUE);
        try {
            DeskAnswer answer = desk.answer(new DeskRequest.ListFiles(states(request, settled), limit));
            return new ApiResponse(200, new String(DeskJson.write(answer), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the queue cannot be read", e);
        }
    }

    /// Those that are asked for; else all that are settled, or all that are not.
    private static Set<FileState> states(ApiRequest request, boolean settled) {
        String words = request.query().get("state");
        return words == null
                ? Arrays.stream(FileState.values())
                        .filter(state -> state.settled() == settled)
                        .collect(Collectors.toSet())
                : Arrays.stream(words.split(",", -1)).map(DeskRoute::state).collect(Collectors.toSet());
    }

    private static FileState state(String word) {
        return Arrays.stream(FileState.values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("state has one that is not known; there are "
                        + Arrays.stream(FileState.values()).map(FileState::word).collect(Collectors.joining(", "))));
    }

    private static ApiResponse answer(QueueDesk desk, ApiRequest request) {
        DeskRequest asked;
        try {
            asked = DeskJson.readRequest(request.body().toString().getBytes(StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(String.valueOf(e.getMessage()));
        }
        if (request.browser() && asked instanceof DeskRequest.Add) {
            return ApiResponse.error(403, "not_for_browsers", "A page has no business with paths on this machine.");
        }
        try {
            DeskAnswer answer = desk.answer(asked);
            return new ApiResponse(200, new String(DeskJson.write(answer), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the queue's files cannot be read or moved", e);
        }
    }
}
