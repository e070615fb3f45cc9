package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with a file is said with its place and what to do. That servers are trusted as it says is shown by
/// `WatchOpenDaemonTest`.
class CertificateFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertRefused(folder.resolve("none.pem"), "there is no file", "none.pem", "web.tls_certificate");
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertRefused(folder, "cannot be read", folder.toString(), "name a file that you may read");
    }

    @Test
    void aFileWithoutPemIsRefusedWithTheWayToMakeIt() throws Exception {
        assertRefused(write("empty.pem", ""), "empty.pem has no certificate in PEM", "openssl x509 -inform der");
        assertRefused(write("der.pem", "0\u0082\u0001\u0003"), "der.pem has no certificate in PEM");
    }

    @Test
    void aKeyIsNoCertificate() throws Exception {
        Path key = OwnCertificate.in(folder, "own").key();
        assertRefused(
                write("both.pem", "# mine\n" + Files.readString(key)),
                "both.pem, line 2: this is a PRIVATE KEY",
                "web.tls_certificate");
    }

    @Test
    void aBrokenCertificateIsFoundByItsLine() throws Exception {
        String good = Files.readString(OwnCertificate.in(folder, "own").certificate());
        String nonsense = Base64.getEncoder().encodeToString("nonsense".getBytes(StandardCharsets.UTF_8));
        Path file = write(
                "broken.pem", good + "-----BEGIN CERTIFICATE-----\n" + nonsense + "\n-----END CERTIFICATE-----\n");
        int line = (int) good.lines().count() + 1;
        assertRefused(file, "broken.pem, line " + line + ": this is no certificate", "copy the file anew");
    }

    @Test
    void whatIsOutOfDateIsSaidWithItsDate() throws Exception {
        Path old = OwnCertificate.in(folder, "old", "-startdate", "-30d", "-validity", "10")
                .certificate();
        assertRefused(old, "old.pem, line 1: the certificate of CN=old expired at 20", "give the daemon one");
        Path early = OwnCertificate.in(folder, "early", "-startdate", "+30d").certificate();
        assertRefused(early, "early.pem, line 1: the certificate of CN=early is not good before 20");

        // One of many that has expired does not spoil the list.
        Path good = OwnCertificate.in(folder, "good").certificate();
        Path list = write("list.pem", Files.readString(old) + "\n" + Files.readString(good));
        assertThat(CertificateFile.trusting(list, Instant.now()).getProtocol()).isEqualTo("TLS");
    }

    private Path write(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.ISO_8859_1);
    }

    private static void assertRefused(Path file, String... words) {
        assertThatThrownBy(() -> CertificateFile.trusting(file, Instant.now()))
                .isInstanceOfSatisfying(
                        CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
                .message()
                .startsWith("--certificate: ")
                .contains(words);
    }
}
