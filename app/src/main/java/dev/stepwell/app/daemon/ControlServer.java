package dev.stepwell.app.daemon;

import dev.stepwell.app.config.WebSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.DaemonFile;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.Site;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon's server on loopback, and `run/daemon.json`, by which it is found: there while it listens. Where other
/// machines are to reach the daemon, [another][OpenServer] beside it.
final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final BaseDirectory base;
    private final ApiServer server;
    private @Nullable OpenServer forOthers;

    private ControlServer(BaseDirectory base, ApiServer server) {
        this.base = base;
        this.server = server;
    }

    /// Listens, and says where. What a killed daemon left in `run/daemon.json` is replaced.
    ///
    /// @throws dev.stepwell.app.cli.CliException if others cannot be served as `web` says
    static ControlServer start(
            BaseDirectory base,
            Site site,
            ProcessIdentity self,
            WebSettings web,
            String version,
            StatusBoard board,
            InstantSource clock)
            throws IOException {
        DaemonFile.remove(base);
        String token = DaemonFile.newToken();
        ControlServer started = new ControlServer(base, loopback(site, web, token));
        try {
            if (web.isOpen()) {
                started.forOthers = OpenServer.start(site, web, board, clock);
            }
            new DaemonFile(started.server.port(), token, self.pid(), self.bootId(), self.startedAt(), version)
                    .write(base);
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
        LOG.info("listening on 127.0.0.1:{}", started.server.port());
        return started;
    }

    private static ApiServer loopback(Site site, WebSettings web, String token) {
        return ApiServer.start(
                site, web.isOpen() ? Entrance.ofCommands(token) : Entrance.loopback(web.port(), token, web.names()));
    }

    /// Of the one on loopback.
    int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        try (server;
                OpenServer _ = forOthers) {
            DaemonFile.remove(base);
        }
    }
}
