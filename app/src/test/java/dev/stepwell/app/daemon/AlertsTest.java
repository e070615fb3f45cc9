package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.notify.Receiver;
import dev.stepwell.app.notify.Receiver.Request;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real daemon, and whom it tells.
class AlertsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void whoWantsToKnowEverythingIsToldWhatBecameOfEachFile() throws Exception {
        Workshop workshop = Workshop.in(folder);
        Files.writeString(folder.resolve("hook.secret"), SECRET + "\n");
        workshop.drop("a_bad.jsonl", List.of("{]"));
        workshop.drop("b_good.jsonl", 3);
        try (Receiver receiver = Receiver.start()) {
            workshop.configure("alerts", """
                    {"webhook_url": "%s", "webhook_secret_file": "hook.secret", "state_changes": "all"}""".formatted(receiver.url()));
            Workshop.Ran ran = workshop.stepwell("run", "--once");
            assertThat(ran.exitCode()).as(ran.err()).isZero();

            assertThat(told(receiver)).startsWith("daemon_started");
            assertThat(told(receiver)).startsWith("file_failed a_bad.jsonl");
            assertThat(told(receiver)).startsWith("file_completed b_good.jsonl is trained: 3 steps, loss ");
            assertThat(told(receiver)).isEqualTo("daemon_stopped All files are trained, and the daemon has ended.");
            assertThat(Files.readString(folder.resolve("logs/stepwell.log"))).doesNotContain("geheim");
        }
    }

    @Test
    void aCrashArrivesAlsoOneWhileItStarts() throws Exception {
        Workshop workshop = Workshop.in(folder);
        try (Receiver receiver = Receiver.start()) {
            workshop.configure("alerts", "{\"webhook_url\": \"%s\"}".formatted(receiver.url()));
            workshop.configure("model_path", "\"nowhere\"");
            assertThat(workshop.stepwell("run", "--once").exitCode()).isEqualTo(2);
            assertThat(receiver.next().json().get("kind").asString()).isEqualTo("daemon_crashed");
        }
    }

    @Test
    void aTestIsSentToEverybodyAndPrintsWhatCameOfIt() throws Exception {
        Workshop workshop = Workshop.in(folder);
        assertThat(workshop.stepwell("alerts", "test").exitCode()).isEqualTo(3);

        Path program = folder.resolve("hook");
        Files.writeString(program, "#!/bin/sh\ncat > told\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (Receiver receiver = Receiver.start()) {
            workshop.configure("alerts", "{\"webhook_url\": \"%s\", \"command\": \"hook\"}".formatted(receiver.url()));
            Workshop.Ran both = workshop.stepwell("alerts", "test");
            assertThat(both.exitCode()).as(both.err()).isZero();
            assertThat(both.out().lines())
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .matches(
                                            "webhook  http://127\\.0\\.0\\.1:\\d+  arrived: HTTP 200, after \\d+\\.\\d s"),
                            line -> assertThat(line)
                                    .startsWith("command  " + program + "  arrived: exit code 0, after "));
            assertThat(receiver.next().json().get("kind").asString()).isEqualTo("test");
            assertThat(folder.resolve("told")).isNotEmptyFile();

            Files.writeString(program, "#!/bin/sh\necho 'no mail today' >&2\nexit 7\n");
            Workshop.Ran one = workshop.stepwell("alerts", "test");
            assertThat(one.exitCode()).isEqualTo(1);
            assertThat(one.out()).contains("arrived: HTTP 200", "FAILED: exit code 7: no mail today, after ");
        }
    }

    @Test
    void aSecretThatCannotBeReadIsSaidBeforeAnythingIsTrained() throws Exception {
        Workshop workshop = Workshop.in(folder);
        workshop.configure("alerts", "{\"webhook_url\": \"http://127.0.0.1:9/\", \"webhook_secret_file\": \"none\"}");
        workshop.drop("a.jsonl", 3);
        Workshop.Ran ran = workshop.stepwell("run", "--once");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("alerts.webhook_secret_file: " + folder.resolve("none") + " cannot be read");
        assertThat(workshop.status().get("status").asString()).isEqualTo("crashed");
        assertThat(folder.resolve("inbox/a.jsonl")).exists();
    }

    /// Kind and text of the next request, whose signature is right.
    private static String told(Receiver receiver) throws Exception {
        Request request = receiver.next();
        String[] signature = Objects.requireNonNull(request.headers().get("Stepwell-signature"))
                .split(",", -1);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] hmac = mac.doFinal(
                (signature[0].substring("t=".length()) + "." + request.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(signature[1]).isEqualTo("v1=" + HexFormat.of().formatHex(hmac));
        return "%s %s"
                .formatted(
                        request.json().get("kind").asString(),
                        request.json().get("text").asString());
    }
}
