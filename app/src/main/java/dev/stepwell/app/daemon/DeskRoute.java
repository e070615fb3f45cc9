package dev.stepwell.app.daemon;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskJson;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.QueueDesk;
import dev.stepwell.monitor.web.ApiRequest;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.BadRequestException;
import dev.stepwell.monitor.web.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The queue's desk, as the daemon's server offers it: a request in JSON, its answer in JSON.
final class DeskRoute {
    static final String PATH = "/api/v1/desk";

    private DeskRoute() {}

    static Route of(QueueDesk desk) {
        return new Route("POST", PATH, request -> answer(desk, request));
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
