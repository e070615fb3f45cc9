package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.config.WebSettings;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.CertificateFileException;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.Site;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server by which other machines reach the daemon: with the token that they were given, and the certificate that
/// lies there at the moment.
final class OpenServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenServer.class);

    private final ApiServer server;
    private final @Nullable CertificateWatch watch;

    private OpenServer(ApiServer server, @Nullable CertificateWatch watch) {
        this.server = server;
        this.watch = watch;
    }

    /// @throws CliException if others cannot be served as `web` says
    static OpenServer start(Site site, WebSettings web, StatusBoard board, InstantSource clock) {
        CertificateWatch watch = watch(web, board, clock);
        String token = SecretFile.read(web.tokenFile().orElseThrow(), "web.token_file");
        Set<String> names = new LinkedHashSet<>(web.names());
        names.add(DashboardLink.machine());
        ApiServer server = started(
                site, Entrance.open(web.host(), web.port(), token, names, watch == null ? null : watch.first()));
        if (watch != null) {
            watch.start(server::renew);
        }
        LOG.info("listening on {}:{}, for other machines", web.host(), server.port());
        return new OpenServer(server, watch);
    }

    private static ApiServer started(Site site, Entrance entrance) {
        try {
            return ApiServer.start(site, entrance);
        } catch (RuntimeException e) { // Helidon's, of several kinds.
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    "cannot listen on %s, port %d: %s".formatted(entrance.host(), entrance.port(), e.getMessage()),
                    "see that web.host is an interface of this machine and that web.port is free");
        }
    }

    /// Null without TLS.
    private static @Nullable CertificateWatch watch(WebSettings web, StatusBoard board, InstantSource clock) {
        if (web.certificate().isEmpty() || web.key().isEmpty()) {
            return null;
        }
        Path chain = web.certificate().get();
        Path key = web.key().get();
        try {
            return new CertificateWatch(chain, key, board, clock);
        } catch (CertificateFileException e) {
            throw misconfigured(
                    e.file().equals(key) ? "web.tls_key" : "web.tls_certificate",
                    String.valueOf(e.getMessage()),
                    "name a certificate with its chain and its key, in PEM, that the user who starts the daemon may read");
        }
    }

    private static CliException misconfigured(String key, String problem, String remedy) {
        return new CliException(ExitCode.USAGE, "%s: %s".formatted(key, problem), remedy);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        server.close();
    }
}
