package dev.stepwell.monitor.web;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A certificate with its key, read whole and found to belong together.
public final class ServerCertificate {
    /// A hundred times what a long chain takes.
    private static final int LARGEST = 1 << 20;

    private static final Pattern BEGINNING = Pattern.compile("-----BEGIN [A-Z0-9 ]*CERTIFICATE-----");

    private final Keys keys;

    private ServerCertificate(Keys keys) {
        this.keys = keys;
    }

    /// What lies in two files in PEM.
    ///
    /// @param chain certificates, the server's own first
    /// @param key   of the first, in PKCS#8, without a passphrase
    /// @throws CertificateFileException if one cannot be read or is cut off, or if they do not belong together
    public static ServerCertificate read(Path chain, Path key) throws CertificateFileException {
        List<X509Certificate> certificates = certificates(chain);
        PrivateKey secret = secret(key);
        if (!belongTogether(certificates.getFirst().getPublicKey(), secret)) {
            throw new CertificateFileException(key, "%s is not the key of %s".formatted(key, chain));
        }
        return new ServerCertificate(
                Keys.builder().privateKey(secret).certChain(certificates).build());
    }

    private static List<X509Certificate> certificates(Path file) throws CertificateFileException {
        byte[] bytes = bytes(file);
        List<X509Certificate> chain;
        try {
            Resource resource = Resource.create("certificates", bytes);
            chain = Keys.builder().pem(pem -> pem.certChain(resource)).build().certChain();
        } catch (RuntimeException e) { // The library has several for it.
            throw new CertificateFileException(
                    file, "%s is no chain of certificates in PEM: %s".formatted(file, said(e)), e);
        }
        // What is cut off is left out by the library, and what is left may still look like a chain.
        long begun = BEGINNING
                .matcher(new String(bytes, StandardCharsets.US_ASCII))
                .results()
                .count();
        if (chain.size() != begun) {
            throw new CertificateFileException(
                    file,
                    "%s has %d certificates that begin and %d that are whole".formatted(file, begun, chain.size()));
        }
        return chain;
    }

    private static PrivateKey secret(Path file) throws CertificateFileException {
        Resource resource = Resource.create("key", bytes(file));
        try {
            return Keys.builder()
                    .pem(pem -> pem.key(resource))
                    .build()
                    .privateKey()
                    .orElseThrow();
        } catch (RuntimeException e) {
            throw new CertificateFileException(
                    file, "%s is no private key in PKCS#8 without a passphrase: %s".formatted(file, said(e)), e);
        }
    }

    private static byte[] bytes(Path file) throws CertificateFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new CertificateFileException(file, "%s is larger than a megabyte".formatted(file));
            }
            return bytes;
        } catch (IOException e) {
            String why = switch (e) {
                case NoSuchFileException _ -> "it is not there";
                case AccessDeniedException _ -> "permission denied";
                default -> said(e);
            };
            throw new CertificateFileException(file, "%s cannot be read: %s".formatted(file, why), e);
        }
    }

    private static String said(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /// What one signs, the other has to recognize.
    private static boolean belongTogether(PublicKey open, PrivateKey secret) {
        if (!open.getAlgorithm().equals(secret.getAlgorithm())) {
            return false;
        }
        byte[] text = "stepwell".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(
                    switch (secret.getAlgorithm()) {
                        case "EC" -> "SHA256withECDSA";
                        default -> "SHA256with" + secret.getAlgorithm();
                    });
            signature.initSign(secret);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) { // Keys of the same kind that do not fit each other, such as two curves.
            return false;
        }
    }

    /// Why no client accepts it at `now`; empty if its time is right.
    public Optional<String> untimely(Instant now) {
        X509Certificate own = keys.certChain().getFirst();
        try {
            own.checkValidity(Date.from(now));
            return Optional.empty();
        } catch (CertificateExpiredException _) {
            return Optional.of("expired at " + own.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException _) {
            return Optional.of("is not valid before " + own.getNotBefore().toInstant());
        }
    }

    /// When it expires.
    public Instant expires() {
        return keys.certChain().getFirst().getNotAfter().toInstant();
    }

    Tls tls() {
        return Tls.builder().privateKey(keys).privateKeyCertChain(keys).build();
    }
}
