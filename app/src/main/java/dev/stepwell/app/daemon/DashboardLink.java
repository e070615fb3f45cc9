package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.client.DaemonClient;
import dev.stepwell.app.client.Reply;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.Route;
import dev.stepwell.monitor.web.Sessions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/// Links to the dashboard, which let a browser in once: the daemon makes them, a command prints them.
final class DashboardLink {
    private static final String PATH = "/api/v1/link";
    private static final int NOT_SERVED = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private DashboardLink() {}

    /// The daemon's side: whoever has the token may have links made.
    static Route route(Sessions sessions) {
        return new Route(
                "POST",
                PATH,
                _ -> ApiResponse.of(200, JsonMapper.shared().createObjectNode().put("key", sessions.newKey())));
    }

    /// A new link to a server on this port.
    static String of(int port, String key) {
        return "http://127.0.0.1:%d/#key=%s".formatted(port, key);
    }

    /// The command's side.
    ///
    /// @throws CliException if there is no daemon, or none with a dashboard
    static ExitCode print(BaseDirectory base, PrintWriter out) throws IOException {
        try (DaemonClient client = new DaemonClient(base)) {
            Reply reply = client.send("POST", PATH, BodyPublishers.noBody(), PATIENCE);
            if (reply instanceof Reply.Answered answered && answered.status() == NOT_SERVED) {
                throw new CliException(
                        ExitCode.UNAVAILABLE,
                        "the daemon in %s was started with --no-web".formatted(base.root()),
                        "stop it and start it without");
            }
            Reply.Answered answered = ControlReport.require(reply, base);
            String key =
                    JsonMapper.shared().readTree(answered.json()).path("key").asString("");
            out.println(of(answered.daemon().port(), key));
            out.flush();
            return ExitCode.OK;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the daemon");
        }
    }
}
