package dev.stepwell.core.control;

import dev.stepwell.core.control.Effect.Reason;
import dev.stepwell.core.status.StatusBoard;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Requests that wait for their answer. Guarded by the lock of [Control].
final class OpenRequests {
    private final StatusBoard board;
    private final List<Open> requests = new ArrayList<>();

    private record Open(Command command, CompletableFuture<Effect> answer) {}

    OpenRequests(StatusBoard board) {
        this.board = board;
    }

    CompletableFuture<Effect> add(Command command) {
        CompletableFuture<Effect> answer = new CompletableFuture<>();
        requests.add(new Open(command, answer));
        return answer;
    }

    /// Whether a request for `command` waits.
    boolean holds(Command command) {
        return requests.stream().anyMatch(request -> request.command() == command);
    }

    /// Answers every request for one of `commands` with what is true now.
    void done(Set<Command> commands, boolean midFile) {
        var now = board.latest();
        answer(commands, command -> new Effect.Done(command, now, midFile));
    }

    void refuse(Set<Command> commands, Reason reason) {
        var now = board.latest();
        answer(commands, command -> new Effect.Refused(command, reason, now));
    }

    private void answer(Set<Command> commands, Function<Command, Effect> effect) {
        requests.removeIf(request -> {
            if (!commands.contains(request.command())) {
                return false;
            }
            Effect answer = effect.apply(request.command());
            // What depends on it must not run on this thread, nor wait for a pool that others keep busy.
            request.answer().completeAsync(() -> answer, Thread::startVirtualThread);
            return true;
        });
    }
}
