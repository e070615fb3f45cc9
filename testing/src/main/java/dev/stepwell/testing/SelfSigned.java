package dev.stepwell.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate of `localhost` that nobody else vouches for. Made by the JDK's own tool, which knows how one is
/// written.
///
/// @param key of the certificate
public record SelfSigned(Key key, X509Certificate certificate) {
    private static final String ALIAS = "own";
    private static final String PASSWORD = "changeit";

    /// Makes one.
    ///
    /// @param folder  where the tool may write
    /// @param options for the tool, such as `-startdate`, `-10d`
    public static SelfSigned in(Path folder, String... options) throws IOException, InterruptedException {
        Path file = Files.createTempDirectory(folder, "keys").resolve("keys.p12");
        String tool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command = new ArrayList<>(List.of(tool, "-genkeypair", "-alias", ALIAS, "-keyalg", "EC"));
        command.addAll(List.of("-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1"));
        command.addAll(List.of("-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", PASSWORD));
        command.addAll(List.of(options));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("keytool failed");
        }
        try {
            KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            return new SelfSigned(
                    keys.getKey(ALIAS, PASSWORD.toCharArray()), (X509Certificate) keys.getCertificate(ALIAS));
        } catch (GeneralSecurityException e) {
            throw new IOException("what keytool wrote cannot be read", e);
        }
    }

    /// Writes both, as a server wants them.
    ///
    /// @return this
    public SelfSigned write(Path chain, Path secret) throws IOException {
        Files.writeString(chain, chain());
        Files.writeString(secret, secret());
        return this;
    }

    /// The certificate in PEM.
    public String chain() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read can be written", e);
        }
    }

    /// The key in PEM.
    public String secret() {
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static String pem(String type, byte[] der) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(type, base64, type);
    }

    /// For a client that trusts it and nobody else, and has met no server before.
    public SSLContext trusting() throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry(ALIAS, certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no client could be made", e);
        }
    }
}
