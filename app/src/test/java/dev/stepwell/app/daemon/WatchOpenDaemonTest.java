package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.Main;
import dev.stepwell.app.daemon.Workshop.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `watch` over TLS, with a token from a file, and a certificate that nobody but its owner trusts.
class WatchOpenDaemonTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aDaemonIsWatchedByThoseWhoHaveItsTokenAndTrustItsCertificate() throws Exception {
        int port = Workshop.freePort();
        String url = "https://localhost:%d".formatted(port);
        Path own = OwnCertificate.in(folder, "own").certificate();
        Path token = token("token", TOKEN + "\n", "rw-------");
        Workshop workshop = Workshop.in(folder.resolve("base"));
        workshop.web("""
                "host": "0.0.0.0", "port": %d, "token_file": "%s", "tls_certificate": "%s", "tls_key": "%s"
                """.formatted(port, token, own, folder.resolve("own.key")));
        Process daemon = workshop.process("run");
        try {
            workshop.awaitListening();
            othersAreRefused(workshop, url, token, own);

            Path lines = Files.createDirectory(folder.resolve("out")).resolve("lines");
            Process watch = new ProcessBuilder(workshop.command(
                            Main.class,
                            List.of(),
                            "watch",
                            "--url",
                            url,
                            "--token-file",
                            token.toString(),
                            "--certificate",
                            own.toString()))
                    .redirectOutput(lines.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            RunningDaemon.await(
                    Objects.requireNonNull(lines.getParent()),
                    () -> Files.readString(lines).contains("Z Idle"));
            assertThat(workshop.stepwell("stop").exitCode()).isZero();
            assertThat(watch.waitFor()).isZero();
            assertThat(lines).content().contains("Z Stopped");
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    private void othersAreRefused(Workshop workshop, String url, Path token, Path own) throws Exception {
        assertRefused(
                workshop.stepwell("watch", "--url", url, "--token-file", token.toString()),
                "its certificate is of nobody whom Java trusts; --certificate FILE");
        Path other = OwnCertificate.in(folder, "other").certificate();
        assertRefused(watch(workshop, url, token, other), "its certificate is of nobody whom Java trusts");
        assertRefused(
                watch(workshop, url.replace("localhost", "127.0.0.1"), token, own),
                "its certificate does not fit",
                "127.0.0.1",
                "ask for it by a name in the certificate");
        Path wrong = token("wrong", TOKEN + "0", "rw-r--r--");
        assertRefused(
                watch(workshop, url, wrong, own),
                "every user of this machine can read " + wrong,
                "does not take the token; `stepwell dashboard`");
        assertRefused(
                workshop.stepwell("watch", "--url", url, "--certificate", own.toString()),
                "shows nothing without a token");
    }

    private Path token(String name, String text, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static Ran watch(Workshop workshop, String url, Path token, Path certificate) {
        return workshop.stepwell(
                "watch", "--url", url, "--token-file", token.toString(), "--certificate", certificate.toString());
    }

    private static void assertRefused(Ran ran, String... words) {
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(1);
        assertThat(ran.err()).contains(words);
        assertThat(ran.out()).doesNotContain("Idle");
    }
}
