package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.testing.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real daemon that other machines can reach.
class OpenDaemonTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Test
    void othersNeedTheTokenAndTheCommandsHereDoNot(@TempDir Path folder) throws Exception {
        int port = Workshop.freePort();
        Workshop workshop = Workshop.in(folder);
        workshop.web("""
                "host": "0.0.0.0", "port": %d, "token_file": "token", "insecure": true, "names": "train.example"
                """.formatted(port));
        Files.writeString(folder.resolve("token"), TOKEN + "\n");

        Process daemon = workshop.process("run");
        try (HttpClient client = HttpClient.newHttpClient()) {
            workshop.awaitListening();
            assertThat(workshop.stepwell("dashboard").out())
                    .startsWith("http://train.example:%d/#key=".formatted(port));
            assertThat(metrics(client, port, "nonsense").statusCode()).isEqualTo(401);
            assertThat(metrics(client, port, TOKEN).body()).contains("stepwell_state");
            assertThat(workshop.stepwell("stop").exitCode()).isZero();
            assertThat(daemon.waitFor()).isZero();
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    /// In the words of who wrote the configuration: in the command's last line, and in the status.
    @Test
    void aFileThatCannotBeUsedIsNamedWithItsKey(@TempDir Path folder) throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.web("""
                "host": "0.0.0.0", "port": %d, "token_file": "token", "tls_certificate": "chain.pem", "tls_key": "key.pem"
                """.formatted(Workshop.freePort()));
        Path token = folder.resolve("token");
        Path chain = folder.resolve("chain.pem");
        Path key = folder.resolve("key.pem");
        SelfSigned own = SelfSigned.in(folder);

        assertThatItIsNamed(workshop, "web.tls_certificate: %s cannot be read: it is not there".formatted(chain));
        Files.writeString(chain, own.secret());
        assertThatItIsNamed(workshop, "web.tls_certificate: %s is no chain of certificates in PEM".formatted(chain));
        own.write(chain, key);
        Files.writeString(key, own.chain());
        assertThatItIsNamed(workshop, "web.tls_key: %s is no private key in PKCS#8".formatted(key));
        own.write(chain, key);
        assertThatItIsNamed(workshop, "web.token_file: %s cannot be read: it is not there".formatted(token));
        Files.writeString(token, "too short\n");
        assertThatItIsNamed(
                workshop, "web.token_file: %s does not hold one line of 32 characters or more".formatted(token));
        Files.writeString(token, TOKEN + "\n");
        assertThat(workshop.stepwell("run", "--once").exitCode()).isZero();
    }

    private static void assertThatItIsNamed(Workshop workshop, String problem) throws IOException {
        Workshop.Ran ran = workshop.stepwell("run", "--once");
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(2);
        assertThat(ran.err()).contains(problem).doesNotContain("Exception");
        assertThat(workshop.status().get("status").asString()).isEqualTo("crashed");
        assertThat(workshop.status().get("error_type").asString()).isEqualTo("ConfigurationError");
        assertThat(workshop.status().get("error_message").asString()).startsWith(problem);
    }

    @Test
    void whatIsNotProtectedDoesNotStart(@TempDir Path folder) throws Exception {
        Workshop workshop = Workshop.in(folder);
        int port = Workshop.freePort();
        workshop.web("\"host\": \"0.0.0.0\", \"port\": " + port);

        Workshop.Ran ran = workshop.stepwell("run", "--once");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("web.token_file");
        assertThat(folder.resolve("run/daemon.json")).doesNotExist();
    }

    private static HttpResponse<String> metrics(HttpClient client, int port, String token)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
