package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.testing.SmallDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files that are sent to a daemon whose disk has no room for them.
class FullDiskUploadTest {
    private static final byte[] LARGE = new byte[64 << 20];

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private Workshop workshop;

    @Test
    void aFileForWhichThereIsNoRoomIsRefusedByNameLeavesNothingAndTheDaemonGoesOn() throws Exception {
        try (SmallDisk disk = SmallDisk.on(folder.resolve("disk"), "size=32m");
                HttpClient http = HttpClient.newHttpClient()) {
            workshop = Workshop.in(disk.root().resolve("base"));
            Process daemon = workshop.process("run");
            try {
                workshop.awaitListening();
                RunningDaemon.awaitStatus(
                        workshop, s -> s.get("status").asString().equals("idle"));

                assertThatItIsRefused(send(http, BodyPublishers.ofByteArray(LARGE)), "67.1 MB are needed");
                // Nobody knows how much will come: it is found out by writing.
                assertThatItIsRefused(
                        send(http, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(LARGE))), "are needed");
                disk.fill();
                assertThatItIsRefused(send(http, BodyPublishers.ofString("{}")), "are needed");

                disk.free();
                assertThat(send(http, BodyPublishers.ofString("{\"prompt\": \"a\", \"completion\": \"b\"}"))
                                .statusCode())
                        .isEqualTo(201);
                RunningDaemon.await(
                        workshop.root().resolve("archive"),
                        () -> workshop.reports("archive").size() == 1);
                assertThat(workshop.stepwell("stop").exitCode()).isZero();
                assertThat(daemon.waitFor()).isZero();
            } finally {
                daemon.destroyForcibly().waitFor();
            }
        }
    }

    private void assertThatItIsRefused(HttpResponse<String> answer, String why) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("error").asString()).isEqualTo("disk_full");
        assertThat(problem.get("message").asString())
                .contains(workshop.root().resolve("inbox").toString(), why, "Make room there and send the file again.");
        try (Stream<Path> left = Files.list(workshop.root().resolve("inbox"))) {
            assertThat(left).isEmpty();
        }
    }

    private HttpResponse<String> send(HttpClient http, BodyPublisher body) throws Exception {
        JsonNode daemon =
                JsonMapper.shared().readTree(Files.readAllBytes(workshop.root().resolve("run/daemon.json")));
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/api/v1/files?name=a.jsonl"
                                .formatted(daemon.get("port").asInt())))
                        .header("Authorization", "Bearer " + daemon.get("token").asString())
                        .POST(body)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
