package dev.stepwell.monitor.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who may come in: requests to this server by its loopback name, from no other site's page, with the token.
///
/// The Host header keeps out pages whose name was made to point here (DNS rebinding), the Origin header pages
/// of other sites, and the token everything else that runs on the machine as another user.
final class Gatekeeper {
    private static final String SCHEME = "Bearer ";

    private final byte[] token;
    private final @Nullable Sessions sessions;

    /// @param sessions of browsers; null if none can come in
    Gatekeeper(String token, @Nullable Sessions sessions) {
        this.sessions = sessions;
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /// Why a request is not for this server; empty if it is.
    ///
    /// @param port the one it came in by
    Optional<ApiResponse> stranger(int port, Optional<String> host, Optional<String> origin) {
        List<String> names = List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
        if (host.filter(names::contains).isEmpty()) {
            return Optional.of(ApiResponse.error(403, "wrong_host", "This server answers to its loopback name only."));
        }
        if (origin.isPresent() && names.stream().noneMatch(name -> origin.get().equals("http://" + name))) {
            return Optional.of(ApiResponse.error(403, "wrong_origin", "Pages of other sites have no business here."));
        }
        return Optional.empty();
    }

    /// Why a request has no right to be answered; empty if it has.
    Optional<ApiResponse> unauthorized(Optional<String> authorization) {
        boolean known = given(authorization).filter(this::isToken).isPresent() || isBrowser(authorization);
        return known
                ? Optional.empty()
                : Optional.of(ApiResponse.error(
                        401, "wrong_token", "The token in run/daemon.json is needed: Authorization: Bearer TOKEN."));
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
    private boolean isToken(String given) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), token);
    }
}
