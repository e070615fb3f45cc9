package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.config.WebSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.DaemonFile;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon's server on loopback, and `run/daemon.json`, by which it is found: there while it listens. Where other
/// machines are to reach the daemon, a second server beside it, with the token that they were given.
final class ControlServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);
    private static final int SHORTEST_TOKEN = 32;

    private final BaseDirectory base;
    private final ApiServer server;
    private @Nullable ApiServer forOthers;

    private ControlServer(BaseDirectory base, ApiServer server) {
        this.base = base;
        this.server = server;
    }

    /// Listens, and says where. What a killed daemon left in `run/daemon.json` is replaced.
    ///
    /// @throws CliException if others cannot be served as `web` says
    static ControlServer start(BaseDirectory base, Site site, ProcessIdentity self, WebSettings web, String version)
            throws IOException {
        DaemonFile.remove(base);
        String token = DaemonFile.newToken();
        ControlServer started = new ControlServer(base, loopback(site, web, token));
        try {
            if (web.isOpen()) {
                started.forOthers = forOthers(site, web);
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

    private static ApiServer forOthers(Site site, WebSettings web) {
        Entrance.Certificate certificate =
                web.certificate().isPresent() && web.key().isPresent()
                        ? new Entrance.Certificate(
                                readable(web.certificate().get(), "web.tls_certificate"),
                                readable(web.key().get(), "web.tls_key"))
                        : null;
        Path tokenFile = readable(web.tokenFile().orElseThrow(), "web.token_file");
        Set<String> names = new LinkedHashSet<>(web.names());
        names.add(DashboardLink.machine());
        Entrance entrance = Entrance.open(web.host(), web.port(), token(tokenFile), names, certificate);
        try {
            ApiServer server = ApiServer.start(site, entrance);
            LOG.info("listening on {}:{}, for other machines", web.host(), server.port());
            return server;
        } catch (RuntimeException e) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "cannot listen on %s, port %d: %s".formatted(web.host(), web.port(), e.getMessage()),
                    "see that web.host is an interface of this machine, that web.port is free, and that web.tls_certificate and web.tls_key are in PEM and belong together");
        }
    }

    private static Path readable(Path file, String key) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "%s: %s cannot be read".formatted(key, file),
                    "name a file that the user who starts the daemon may read");
        }
        return file;
    }

    private static String token(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.UNAVAILABLE, "web.token_file: %s cannot be read: %s".formatted(file, e), "write it anew");
        }
        if (lines.size() != 1 || lines.getFirst().length() < SHORTEST_TOKEN) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "web.token_file: %s does not hold one line of %d characters or more"
                            .formatted(file, SHORTEST_TOKEN),
                    "write one: openssl rand -hex 32 > %s".formatted(file));
        }
        return lines.getFirst();
    }

    /// Of the one on loopback.
    int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        try (server;
                ApiServer _ = forOthers) {
            DaemonFile.remove(base);
        }
    }
}
