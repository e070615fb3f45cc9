package dev.stepwell.monitor.web;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where a server listens, and whom it lets in.
///
/// @param host        address or name of the interface; `0.0.0.0` and `::` are all of them
/// @param port        0 for any that is free
/// @param token       opens all that is below `/api/`, and, where others can reach it, what tells of training at all
/// @param names       by which it is asked for, besides those of loopback and addresses in digits; a proxy's, say
/// @param certificate to begin with; null to speak without TLS
/// @param watchers    who may watch at a time
public record Entrance(
        String host,
        int port,
        String token,
        Set<String> names,
        @Nullable ServerCertificate certificate,
        int watchers) {
    private static final String LOOPBACK = "127.0.0.1";

    public Entrance {
        names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /// On 127.0.0.1, for this machine alone.
    public static Entrance loopback(int port, String token) {
        return loopback(port, token, Set.of());
    }

    /// The same, for a proxy on this machine that passes on the names it is asked for.
    public static Entrance loopback(int port, String token, Set<String> names) {
        return new Entrance(LOOPBACK, port, token, names, null, Connections.watchers());
    }

    /// On any free port of 127.0.0.1, for commands, beside a server [for others][#open].
    public static Entrance ofCommands(String token) {
        return new Entrance(LOOPBACK, 0, token, Set.of(), null, Connections.FOR_REQUESTS);
    }

    /// For other machines.
    public static Entrance open(
            String host, int port, String token, Set<String> names, @Nullable ServerCertificate certificate) {
        return new Entrance(host, port, token, names, certificate, Connections.watchersBesideCommands());
    }

    /// Whether only this machine can reach it.
    public boolean isLoopback() {
        return host.equals(LOOPBACK);
    }

    String scheme() {
        return certificate == null ? "http" : "https";
    }
}
