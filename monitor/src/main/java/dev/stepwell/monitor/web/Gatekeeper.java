package dev.stepwell.monitor.web;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Who may come in: requests to this server by one of its own names, from no other site's page, with the token.
///
/// The Host header keeps out pages whose name was made to point here (DNS rebinding), the Origin header pages
/// of other sites, and the token everybody else who can reach the server.
final class Gatekeeper {
    private static final String SCHEME = "Bearer ";
    private static final Set<String> OF_LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-f:.]+]|[^\\[\\]:/@]+)(?::(\\d{1,5}))?");

    private final Entrance entrance;
    private final byte[] token;
    private final @Nullable Sessions sessions;

    /// @param sessions of browsers; null if none can come in
    Gatekeeper(Entrance entrance, @Nullable Sessions sessions) {
        this.entrance = entrance;
        this.sessions = sessions;
        this.token = entrance.token().getBytes(StandardCharsets.UTF_8);
    }

    /// Why a request is not for this server; empty if it is.
    ///
    /// @param port the one it came in by
    Optional<ApiResponse> stranger(int port, Optional<String> host, Optional<String> origin) {
        String authority = host.orElse("").toLowerCase(Locale.ROOT);
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches() || !isOwn(parts.group(1), parts.group(2), port)) {
            return Optional.of(ApiResponse.error(
                    403,
                    "wrong_host",
                    "This server answers to its own names only; web.names in config.json has them."));
        }
        if (origin.isPresent() && !isOwnPage(origin.get(), authority, parts.group(1))) {
            return Optional.of(ApiResponse.error(403, "wrong_origin", "Pages of other sites have no business here."));
        }
        return Optional.empty();
    }

    /// A name of loopback counts with its port, so that nobody comes by another program's. Where others reach the
    /// server, an address in digits is not a name that somebody could have pointed here.
    private boolean isOwn(String name, @Nullable String port, int own) {
        if (entrance.names().contains(name)) {
            return true;
        }
        if (entrance.isLoopback()) {
            return OF_LOOPBACK.contains(name) && Integer.toString(own).equals(port);
        }
        return OF_LOOPBACK.contains(name) || name.equals(entrance.host()) || isAddress(name);
    }

    private static boolean isAddress(String name) {
        try {
            InetAddress.ofLiteral(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Whether a page of this server asks. A proxy may speak TLS in its place.
    private boolean isOwnPage(String origin, String authority, String name) {
        boolean proxied = entrance.names().contains(name) || !entrance.isLoopback();
        return origin.equals(entrance.scheme() + "://" + authority)
                || (proxied && origin.equals("https://" + authority));
    }

    /// Why who asks for `page` has no right to it: of training, strangers on other machines are told nothing.
    Optional<ApiResponse> unauthorized(Page page, Optional<String> authorization) {
        return page.telling() && !entrance.isLoopback() ? unauthorized(authorization) : Optional.empty();
    }

    /// Why a request has no right to be answered; empty if it has.
    Optional<ApiResponse> unauthorized(Optional<String> authorization) {
        boolean known = given(authorization).filter(this::isToken).isPresent() || isBrowser(authorization);
        return known
                ? Optional.empty()
                : Optional.of(ApiResponse.error(
                        401,
                        "wrong_token",
                        "The token in %s is needed: Authorization: Bearer TOKEN."
                                .formatted(entrance.isLoopback() ? "run/daemon.json" : "web.token_file")));
    }

    /// Whether it is a browser's session that asks.
    boolean isBrowser(Optional<String> authorization) {
        return sessions != null
                && given(authorization).filter(sessions::isValid).isPresent();
    }

    private static Optional<String> given(Optional<String> authorization) {
        return authorization.filter(value -> value.startsWith(SCHEME)).map(value -> value.substring(SCHEME.length()));
    }

    /// In a time that tells nothing of the token.
    boolean isToken(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token);
    }
}
