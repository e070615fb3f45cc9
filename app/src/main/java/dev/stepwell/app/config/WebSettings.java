package dev.stepwell.app.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where the daemon listens, and how it is protected there.
///
/// @param host        address or name of the interface
/// @param port        0 for any that is free
/// @param names       by which it is asked for, besides those of loopback and addresses in digits
/// @param tokenFile   has the token that others need
/// @param certificate and its chain, in PEM
/// @param key         of the certificate, in PEM
/// @param maxUpload   largest file that is taken over HTTP, in bytes
public record WebSettings(
        String host,
        int port,
        Set<String> names,
        Optional<Path> tokenFile,
        Optional<Path> certificate,
        Optional<Path> key,
        long maxUpload) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost");
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

    /// The keys that have to go together.
    static final List<? extends ConfigKey<?>> KEYS = List.of(
            ConfigKeys.WEB_HOST,
            ConfigKeys.WEB_PORT,
            ConfigKeys.WEB_TOKEN_FILE,
            ConfigKeys.WEB_TLS_CERTIFICATE,
            ConfigKeys.WEB_TLS_KEY,
            ConfigKeys.WEB_INSECURE);

    public WebSettings {
        names = Set.copyOf(names);
    }

    /// The part of `config` that is about this.
    ///
    /// @param root base directory, from which relative paths lead
    public static WebSettings from(Config config, Path root) {
        return new WebSettings(
                config.get(ConfigKeys.WEB_HOST),
                config.getInt(ConfigKeys.WEB_PORT),
                names(config),
                config.get(ConfigKeys.WEB_TOKEN_FILE).map(root::resolve),
                config.get(ConfigKeys.WEB_TLS_CERTIFICATE).map(root::resolve),
                config.get(ConfigKeys.WEB_TLS_KEY).map(root::resolve),
                config.get(ConfigKeys.MAX_UPLOAD) << 20);
    }

    private static Set<String> names(Config config) {
        Set<String> names = new LinkedHashSet<>();
        config.get(ConfigKeys.WEB_NAMES)
                .ifPresent(list -> Arrays.stream(list.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .forEach(names::add));
        return names;
    }

    /// Whether other machines can reach it.
    public boolean isOpen() {
        return isOpen(host);
    }

    private static boolean isOpen(String host) {
        return !LOOPBACK.contains(host);
    }

    /// Where others find it: by a name, if it has one, or the interface's.
    ///
    /// @param machine the machine's own name, for a server on all interfaces
    public String url(String machine) {
        String own = EVERYWHERE.contains(host) ? machine : host;
        String name = names.stream().sorted().findFirst().orElse(own.contains(":") ? "[" + own + "]" : own);
        return "%s://%s:%d".formatted(certificate.isPresent() ? "https" : "http", name, port);
    }

    /// What makes it unsafe, or makes no sense.
    static Optional<String> contradiction(Config config) {
        String host = config.get(ConfigKeys.WEB_HOST);
        boolean certificate = config.get(ConfigKeys.WEB_TLS_CERTIFICATE).isPresent();
        boolean key = config.get(ConfigKeys.WEB_TLS_KEY).isPresent();
        if (certificate != key) {
            return Optional.of("web.tls_certificate and web.tls_key go together: name both, or neither");
        }
        if (!isOpen(host)) {
            return certificate
                    ? Optional.of(
                            "web.host = \"%s\" and web.tls_certificate do not go together: only this machine can reach it"
                                    .formatted(host))
                    : Optional.empty();
        }
        if (config.get(ConfigKeys.WEB_TOKEN_FILE).isEmpty()) {
            return Optional.of(
                    "web.host = \"%s\" and web.token_file = null do not go together: others can reach it; write a token into a file (openssl rand -hex 32), and name that"
                            .formatted(host));
        }
        if (!certificate && !config.get(ConfigKeys.WEB_INSECURE)) {
            return Optional.of(
                    "web.host = \"%s\" and web.tls_certificate = null do not go together: the token could be read on its way; name certificate and key, or set web.insecure to true, if a proxy has them"
                            .formatted(host));
        }
        return config.getInt(ConfigKeys.WEB_PORT) == 0
                ? Optional.of("web.host = \"%s\" and web.port = 0 do not go together: others have to know the port"
                        .formatted(host))
                : Optional.empty();
    }
}
