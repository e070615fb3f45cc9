package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.ControlRequest;
import dev.stepwell.app.client.DaemonClient;
import dev.stepwell.app.client.Reply;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.ControlAnswer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What `pause`, `resume`, `skip` and `stop` print.
final class ControlReport {
    private ControlReport() {}

    /// Asks, and prints in one line what became of it.
    ///
    /// @throws CliException if there is nobody to ask
    static ExitCode print(ControlRequest request) throws IOException {
        long asked = System.nanoTime();
        try (DaemonClient client = new DaemonClient(request.base())) {
            Reply.Answered answered = require(
                    client.control(request.command(), request.untilEffect(), request.timeout()), request.base());
            ControlAnswer answer = ControlAnswer.parse(answered.json());
            Duration left = request.timeout().minusNanos(System.nanoTime() - asked);
            boolean gone = !ends(request, answer) || awaitEnd(answered.daemon().pid(), left);
            String suffix = gone ? "" : " The process has not ended yet.";
            request.out().println(Printable.line(answer.message()) + suffix);
            request.out().flush();
            return gone ? exitCode(answer, request.untilEffect()) : ExitCode.PENDING;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the daemon");
        }
    }

    /// The answer, or the reason why there is none.
    ///
    /// @throws CliException if nobody answered, with what can be done
    static Reply.Answered require(Reply reply, BaseDirectory base) {
        return switch (reply) {
            case Reply.Answered answered when answered.status() < 500 && answered.status() != 404 -> answered;
            case Reply.Answered answered ->
                throw new CliException(
                        ExitCode.FAILED,
                        "the daemon in %s could not answer (HTTP %d)".formatted(base.root(), answered.status()),
                        "see logs/stepwell.log there");
            case Reply.NoDaemon _ -> throw noDaemon("no daemon runs in " + base.root());
            case Reply.Stale stale ->
                throw noDaemon("no daemon runs in %s: the last one (pid %d) did not end in order"
                        .formatted(base.root(), stale.left().pid()));
            case Reply.NotListening _ ->
                throw new CliException(
                        ExitCode.UNAVAILABLE,
                        "the daemon in %s is just starting or ending".formatted(base.root()),
                        "try again in a moment");
            case Reply.Silent silent ->
                throw new CliException(
                        ExitCode.FAILED,
                        "the daemon in %s (%s) does not answer: %s"
                                .formatted(base.root(), silent.daemon(), silent.why()),
                        "see logs/stepwell.log there, or stop it with a signal: kill "
                                + silent.daemon().pid());
            case Reply.TokenRefused refused ->
                throw new CliException(
                        ExitCode.FAILED,
                        "what listens on port %d does not take the token in run/daemon.json"
                                .formatted(refused.daemon().port()),
                        "stop the daemon with a signal and start it again: kill "
                                + refused.daemon().pid());
            case Reply.Unreadable unreadable ->
                throw new CliException(
                        ExitCode.FAILED,
                        "the daemon in %s cannot be found: %s".formatted(base.root(), unreadable.why()),
                        "only the user who started it may read run/daemon.json");
        };
    }

    private static CliException noDaemon(String problem) {
        return new CliException(
                ExitCode.UNAVAILABLE,
                problem,
                "name the right place with --base-dir, or start one with: ./stepwell run");
    }

    /// Whether the daemon's process is about to end, and its user waits for that: the next one can start only
    /// then.
    private static boolean ends(ControlRequest request, ControlAnswer answer) {
        boolean stop = request.command() == Command.STOP || request.command() == Command.STOP_AFTER_FILE;
        return request.untilEffect() && stop && answer.effect().equals(ControlAnswer.DONE);
    }

    private static boolean awaitEnd(long pid, Duration atMost) throws InterruptedException {
        ProcessHandle daemon = ProcessHandle.of(pid).orElse(null);
        if (daemon == null || daemon.equals(ProcessHandle.current())) {
            return true;
        }
        try {
            daemon.onExit().get(Math.max(atMost.toMillis(), 0), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of process %d cannot be awaited".formatted(pid), e);
        }
    }

    private static ExitCode exitCode(ControlAnswer answer, boolean wait) {
        return switch (answer.effect()) {
            case ControlAnswer.DONE -> ExitCode.OK;
            case ControlAnswer.PENDING -> wait ? ExitCode.PENDING : ExitCode.OK;
            default -> ExitCode.UNAVAILABLE;
        };
    }
}
