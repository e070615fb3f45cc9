package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/// A file with certificates in PEM that somebody trusts besides those whom Java trusts.
final class CertificateFile {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----");

    private final Path file;
    private final String text;

    private CertificateFile(Path file, String text) {
        this.file = file;
        this.text = text;
    }

    /// For connections to servers with a certificate that is in `file`, is signed by one in it, or is trusted anyway.
    /// Whether the server has the name by which it is asked for is examined as ever.
    ///
    /// @throws CliException if `file` has none that is good at `now`
    static SSLContext trusting(Path file, Instant now) {
        List<X509Certificate> own = new CertificateFile(file, read(file)).certificates(now);
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            for (X509Certificate each : ofJava()) {
                trusted.setCertificateEntry("java-" + trusted.size(), each);
            }
            for (X509Certificate each : own) {
                trusted.setCertificateEntry("own-" + trusted.size(), each);
            }
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JDK has no TLS, or no list of whom it trusts", e);
        }
    }

    private static List<X509Certificate> ofJava() throws GeneralSecurityException {
        List<X509Certificate> trusted = new ArrayList<>();
        for (TrustManager manager : managers(null).getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                trusted.addAll(List.of(known.getAcceptedIssuers()));
            }
        }
        return trusted;
    }

    /// @param trusted null for those whom Java trusts
    private static TrustManagerFactory managers(@Nullable KeyStore trusted) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--certificate: there is no file %s".formatted(file),
                    "name the one that web.tls_certificate of the daemon names, or a copy of it");
        } catch (IOException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--certificate: %s cannot be read: %s".formatted(file, e),
                    "name a file that you may read");
        }
    }

    /// Those that are good now: one that has expired is none, but does not spoil the others of a list of authorities.
    private List<X509Certificate> certificates(Instant now) {
        List<X509Certificate> good = new ArrayList<>();
        CliException firstBad = null;
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            int line = lineOf(block.start());
            X509Certificate certificate = parsed(block.group(), line);
            try {
                certificate.checkValidity(Date.from(now));
                good.add(certificate);
            } catch (CertificateException e) {
                firstBad = firstBad == null ? outOfDate(certificate, line, e) : firstBad;
            }
        }
        if (!good.isEmpty()) {
            return good;
        }
        throw firstBad == null ? none() : firstBad;
    }

    private X509Certificate parsed(String block, int line) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (CertificateException e) {
            throw new CliException(
                    ExitCode.USAGE,
                    "--certificate: %s, line %d: this is no certificate: %s".formatted(file, line, e.getMessage()),
                    "copy the file anew");
        }
    }

    private CliException outOfDate(X509Certificate certificate, int line, CertificateException why) {
        String name = certificate.getSubjectX500Principal().getName();
        return new CliException(
                ExitCode.USAGE,
                why instanceof CertificateNotYetValidException
                        ? "--certificate: %s, line %d: the certificate of %s is not good before %s"
                                .formatted(
                                        file,
                                        line,
                                        name,
                                        certificate.getNotBefore().toInstant())
                        : "--certificate: %s, line %d: the certificate of %s expired at %s"
                                .formatted(
                                        file,
                                        line,
                                        name,
                                        certificate.getNotAfter().toInstant()),
                "give the daemon one that is good now, and copy it here");
    }

    private CliException none() {
        Matcher other = BEGIN.matcher(text);
        boolean something = other.find();
        return new CliException(
                ExitCode.USAGE,
                something
                        ? "--certificate: %s, line %d: this is a %s, and there is no certificate in the file"
                                .formatted(file, lineOf(other.start()), other.group(1))
                        : "--certificate: %s has no certificate in PEM".formatted(file),
                something
                        ? "name the file that web.tls_certificate of the daemon names, or a copy of it"
                        : "one in DER is changed by: openssl x509 -inform der -in FILE -out FILE.pem");
    }

    private int lineOf(int position) {
        return 1
                + (int) text.substring(0, position)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
