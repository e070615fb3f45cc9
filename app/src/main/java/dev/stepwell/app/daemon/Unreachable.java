package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/// Why a server cannot be reached, in words.
final class Unreachable {
    private Unreachable() {}

    /// What may be over when somebody tries again.
    ///
    /// @throws CliException if it will not, for it is the certificate
    static String why(IOException e, URI root) {
        List<Throwable> causes = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                .toList();
        first(causes, CertificateException.class).ifPresent(fault -> {
            throw certificate(root, fault, causes);
        });
        if (first(causes, UnresolvedAddressException.class).isPresent()) {
            return "no machine is known by the name " + root.getHost();
        }
        return switch (e) {
            case HttpTimeoutException _ -> "no sign of life";
            case ConnectException _ -> "nothing listens there";
            case SSLException _ -> "no TLS: " + e.getMessage();
            default -> e.getMessage() == null ? e.toString() : e.getMessage();
        };
    }

    private static CliException certificate(URI root, CertificateException fault, List<Throwable> causes) {
        if (first(causes, CertificateExpiredException.class).isPresent()) {
            return refused(root, "its certificate has expired", "give the daemon a new one");
        }
        if (first(causes, CertPathBuilderException.class).isPresent()) {
            return refused(
                    root,
                    "its certificate is of nobody whom Java trusts",
                    "--certificate FILE trusts the one in FILE, too");
        }
        return refused(
                root, "its certificate does not fit: " + fault.getMessage(), "ask for it by a name in the certificate");
    }

    private static CliException refused(URI root, String problem, String remedy) {
        return new CliException(ExitCode.FAILED, "%s is not to be trusted: %s".formatted(root, problem), remedy);
    }

    private static <T extends Throwable> Optional<T> first(List<Throwable> causes, Class<T> kind) {
        return causes.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
