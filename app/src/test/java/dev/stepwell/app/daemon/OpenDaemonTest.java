package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

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
        Files.writeString(folder.resolve("token"), "too short\n");
        assertThat(workshop.stepwell("run", "--once").err()).contains("does not hold one line of 32 characters");
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

    private static HttpResponse<String> metrics(HttpClient client, int port, String token)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
