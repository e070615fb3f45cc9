package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.client.DaemonClient;
import dev.stepwell.app.client.Reply;
import dev.stepwell.app.config.WebSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.ApiResponse;
import dev.stepwell.monitor.web.Route;
import dev.stepwell.monitor.web.Sessions;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Links to the dashboard, which let a browser in once: the daemon makes them, a command prints them.
final class DashboardLink {
    private static final String PATH = "/api/v1/link";
    private static final int NOT_SERVED = 404;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private DashboardLink() {}

    /// The daemon's side: whoever has the token may have links made. `at` is where others find the dashboard, if they
    /// do.
    static Route route(Sessions sessions, WebSettings web) {
        return new Route("POST", PATH, _ -> {
            ObjectNode answer = JsonMapper.shared().createObjectNode().put("key", sessions.newKey());
            return ApiResponse.of(200, web.isOpen() ? answer.put("at", web.url(machine())) : answer);
        });
    }

    /// Where the dashboard is, without a slash at the end.
    ///
    /// @param port on loopback
    static String place(WebSettings web, int port) {
        return web.isOpen() ? web.url(machine()) : loopback(port);
    }

    private static String loopback(int port) {
        return "http://127.0.0.1:" + port;
    }

    /// What this machine calls itself.
    static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            return "localhost"; // A name that nothing resolves: whoever reads the link knows what the machine is
            // called.
        }
    }

    /// A new link to the dashboard at this place.
    static String of(String place, String key) {
        return "%s/#key=%s".formatted(place, key);
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
            JsonNode answer = JsonMapper.shared().readTree(answered.json());
            String place = answer.path("at").asString(loopback(answered.daemon().port()));
            out.println(of(place, answer.path("key").asString("")));
            out.flush();
            return ExitCode.OK;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the daemon");
        }
    }
}
