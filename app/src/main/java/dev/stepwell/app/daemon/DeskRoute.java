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
                new Route("GET", "/api/v1/queue", request -> read(desk, list(request, false))),
                new Route("GET", "/api/v1/history", request -> read(desk, list(request, true))),
                new Route(
                        "GET",
                        "/api/v1/files/{id}",
                        request ->
                                read(desk, new DeskRequest.Show(request.path().getOrDefault("id", "")))));
    }

    private static DeskRequest list(ApiRequest request, boolean settled) {
        Set<FileState> states = Arrays.stream(FileState.values())
                .filter(state -> state.settled() == settled)
                .collect(Collectors.toSet());
        return new DeskRequest.ListFiles(states, (int) request.whole("limit", 100, 0, Integer.MAX_VALUE));
    }

    private static ApiResponse read(QueueDesk desk, DeskRequest request) {
        try {
            DeskAnswer answer = desk.answer(request);
            return new ApiResponse(
                    answer instanceof DeskAnswer.Refused ? 404 : 200,
                    new String(DeskJson.write(answer), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the queue cannot be read", e);
        }
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
