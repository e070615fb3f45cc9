package dev.stepwell.monitor.web;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP/1.1 server of a [Site] at an [Entrance]. Everything below `/api/` needs the token, or a browser's
/// [session][Sessions].
///
/// What a client can make it hold is bounded: headers, bodies, connections, requests that wait, and the time in which
/// each of them has to come. Each request has a virtual thread, so that one which waits for an effect costs next to
/// nothing.
public final class ApiServer implements AutoCloseable {
    static final String PROTECTED = "/api/";
    static final int MAX_BODY = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
    private static final int MAX_LINE = 4 << 10;
    private static final int MAX_HEADERS = 8 << 10;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Site site;
    private final Places places;
    private final Deadlines deadlines;
    private final WebServer server;

    private ApiServer(Site site, Entrance entrance, int port, Duration patience) {
        this.site = site;
        places = Places.of(entrance.watchers());
        deadlines = new Deadlines(
                patience, config -> config.maxPrologueLength(MAX_LINE).maxHeadersSize(MAX_HEADERS));
        Gatekeeper gatekeeper = new Gatekeeper(
                entrance, site.viewed() == null ? null : site.viewed().sessions());
        WebServer built = WebServer.builder()
                .host(entrance.host())
                .port(port)
                .shutdownHook(false)
                .shutdownGracePeriod(CLOSE_PATIENCE)
                .maxTcpConnections(Connections.FOR_REQUESTS + entrance.watchers())
                // An event waits for nobody's acknowledgement.
                .connectionOptions(options -> options.tcpNoDelay(true))
                .maxPayloadSize(
                        site.uploads() == null
                                ? MAX_BODY
                                : Math.max(MAX_BODY, site.uploads().maxBytes()))
                .protocolsDiscoverServices(false)
                .addConnectionSelector(deadlines)
                .update(builder -> {
                    if (entrance.certificate() != null) {
                        builder.tls(entrance.certificate().tls());
                    }
                })
                .routing(new SiteRouting(site, gatekeeper, places, deadlines).routing())
                .build();
        server = built.start();
        if (!server.isRunning()) {
            deadlines.close();
            throw new IllegalStateException("cannot listen on %s, port %d".formatted(entrance.host(), port));
        }
    }

    /// Starts a server of `site`. Where the port of a loopback entrance is taken, any that is free is used, and the log
    /// says so: who asks there finds it by `run/daemon.json`.
    ///
    /// @throws IllegalStateException if it cannot listen there
    public static ApiServer start(Site site, Entrance entrance) {
        return start(site, entrance, PATIENCE);
    }

    /// @param patience how long a client may send nothing or read nothing, or too little
    static ApiServer start(Site site, Entrance entrance, Duration patience) {
        int port = entrance.port();
        if (port == 0 || !entrance.isLoopback() || isFree(port)) {
            return new ApiServer(site, entrance, port, patience);
        }
        ApiServer server = new ApiServer(site, entrance, 0, patience);
        LOG.warn(
                "port {} is taken by another program: listening on {} instead; web.port in config.json sets it",
                port,
                server.port());
        return server;
    }

    /// Asked before, because Helidon only logs that it could not listen.
    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /// The port it listens on.
    public int port() {
        return server.port();
    }

    /// Shows `certificate` to whoever connects from now on. Connections that are there go on.
    ///
    /// @throws IllegalArgumentException if it speaks without TLS
    public void renew(ServerCertificate certificate) {
        server.reloadTls(certificate.tls());
    }

    /// Ends it, after the answers that are being given: each command was answered by then.
    @Override
    public void close() {
        if (site.viewed() != null) {
            site.viewed().stream().close();
        }
        try {
            if (!places.close(CLOSE_PATIENCE)) {
                LOG.warn("requests were still being answered when the server was closed");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        server.stop();
        deadlines.close();
    }
}
