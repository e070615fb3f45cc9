package dev.stepwell.monitor.web;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Control;
import dev.stepwell.core.control.Effect;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusPublisher;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// What the daemon answers about itself.
///
/// | request | answer |
/// |---|---|
/// | `POST /api/v1/control/pause`, `resume`, `skip`, `stop` | a [ControlAnswer] |
/// | `GET /api/v1/status` | the status document, as it is in the file |
///
/// `stop?after_file=true` lets the file in training come to its end. `wait=false` answers at once; otherwise
/// the answer comes with the effect, or after `timeout` seconds (60). 200: it is so. 202: not yet, and it still
/// will be. 409: it was refused. Whoever has an answer finds in the status file what it says, unless the disk hangs.
public final class ControlRoutes {
    private static final long DEFAULT_TIMEOUT = 60;
    private static final long LONGEST_TIMEOUT = 86_400;
    private static final Duration DISK_PATIENCE = Duration.ofSeconds(2);

    private final Control control;
    private final StatusBoard board;
    private final StatusPublisher publisher;

    private ControlRoutes(Control control, StatusBoard board, StatusPublisher publisher) {
        this.control = control;
        this.board = board;
        this.publisher = publisher;
    }

    /// Commands to `control`, and the status.
    ///
    /// @param publisher tells the status of `board`
    public static List<Route> of(Control control, StatusBoard board, StatusPublisher publisher) {
        ControlRoutes routes = new ControlRoutes(control, board, publisher);
        return List.of(
                routes.command("pause", _ -> Command.PAUSE),
                routes.command("resume", _ -> Command.RESUME),
                routes.command("skip", _ -> Command.SKIP),
                routes.command("stop", r -> r.flag("after_file", false) ? Command.STOP_AFTER_FILE : Command.STOP),
                new Route(
                        "GET",
                        "/api/v1/status",
                        _ -> ApiResponse.of(200, publisher.document().toJson())));
    }

    private Route command(String name, Function<ApiRequest, Command> command) {
        return new Route("POST", "/api/v1/control/" + name, request -> ask(command.apply(request), request));
    }

    private ApiResponse ask(Command command, ApiRequest request) throws InterruptedException {
        boolean wait = request.flag("wait", true);
        long timeout = request.whole("timeout", DEFAULT_TIMEOUT, 0, LONGEST_TIMEOUT);
        CompletableFuture<Effect> answer = control.ask(command);
        try {
            Effect effect = answer.get(wait ? timeout : 0, TimeUnit.SECONDS);
            boolean _ = publisher.awaitTold(DISK_PATIENCE); // It is so, whether or not it could be written.
            int status = switch (effect) {
                case Effect.Done _ -> 200;
                case Effect.Refused _ -> 409;
            };
            return ApiResponse.of(status, ControlAnswer.of(effect).toJson());
        } catch (TimeoutException _) {
            return ApiResponse.of(
                    202, ControlAnswer.pending(command, board.latest()).toJson());
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer that failed", e);
        }
    }
}
