package dev.stepwell.app.daemon;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.DaemonFile;
import dev.stepwell.monitor.web.Site;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon's server on loopback, and `run/daemon.json`, by which it is found: there while it listens.
final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final BaseDirectory base;
    private final ApiServer server;

    private ControlServer(BaseDirectory base, ApiServer server) {
        this.base = base;
        this.server = server;
    }

    /// Listens, and says where. What a killed daemon left in `run/daemon.json` is replaced.
    ///
    /// @param port wanted; 0 for any
    static ControlServer start(BaseDirectory base, Site site, ProcessIdentity self, int port, String version)
            throws IOException {
        DaemonFile.remove(base);
        String token = DaemonFile.newToken();
        ControlServer started = new ControlServer(base, ApiServer.start(site, token, port));
        try {
            new DaemonFile(started.server.port(), token, self.pid(), self.bootId(), self.startedAt(), version)
                    .write(base);
        } catch (IOException | RuntimeException e) {
            started.server.close();
            throw e;
        }
        LOG.info("listening on 127.0.0.1:{}", started.server.port());
        return started;
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        try (server) {
            DaemonFile.remove(base);
        }
    }
}
