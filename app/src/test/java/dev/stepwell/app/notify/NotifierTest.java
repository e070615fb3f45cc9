package dev.stepwell.app.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.AlertSettings;
import dev.stepwell.app.config.StateChanges;
import dev.stepwell.app.config.WebhookFormat;
import dev.stepwell.app.notify.Notifier.Teller;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusPublisher;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A board, its publisher, and a server: alerts go all the way.
class NotifierTest {
    private static final ProcessIdentity SELF = new ProcessIdentity(4_711, "boot-1", Instant.EPOCH);

    private final StatusBoard board = new StatusBoard();
    private final BlockingQueue<StatusDocument> seen = new LinkedBlockingQueue<>();

    @TempDir
    Path folder;

    @Test
    void alertsArriveInTheOrderInWhichTheyOpenedAndClosedAndThoseOfTheChannelDoNot() throws Exception {
        try (Receiver receiver = Receiver.start();
                Notifier notifier = notifier(receiver);
                StatusPublisher publisher = publisher(notifier)) {
            receiver.answer(new Receiver.Status(301, Map.of("Location", "https://example.org/"), ""));
            raise("given_up", Severity.WARNING);
            await(document -> types(document).contains("webhook_failing"));
            raise("a", Severity.CRITICAL);
            raise("b", Severity.INFO);
            raise("c", Severity.WARNING);
            board.withdraw("a");
            board.state(DaemonState.IDLE);

            assertThat(told(receiver)).isEqualTo("alert_opened a, missed 1");
            assertThat(told(receiver)).isEqualTo("alert_opened c, missed 0");
            assertThat(told(receiver)).isEqualTo("alert_closed a, missed 0");
            await(document -> !types(document).contains("webhook_failing"));
            assertThat(publisher.lastError()).isNull();
            board.withdraw("c");
            assertThat(told(receiver)).isEqualTo("alert_closed c, missed 0");
            assertThat(receiver.left()).isZero();
        }
    }

    @Test
    void whatHappensLastIsSentBeforeTheProcessEnds() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            Notifier notifier = notifier(receiver);
            try (StatusPublisher _ = publisher(notifier)) {
                raise("a", Severity.CRITICAL);
                board.crashed(new Failure("Oops", "it broke"));
            }
            notifier.close();
            assertThat(told(receiver)).isEqualTo("alert_opened a, missed 0");
            assertThat(receiver.next().json().get("text").asString()).isEqualTo("Oops: it broke");
        }
    }

    @Test
    void aServerThatHangsHoldsUpNeitherTheStatusNorTheEnd() throws Exception {
        try (Receiver receiver = Receiver.start()) {
            receiver.answer(new Receiver.Hang());
            Webhook hook = new Webhook(receiver.url(), WebhookFormat.JSON, null, InstantSource.system());
            Courier courier = new Courier(hook, new Delivery(hook, board, System::nanoTime, new Random(1)));
            courier.offer(Notices.opened("1", "m"));
            receiver.awaitHanging();
            for (int i = 0; i < 1_000; i++) {
                courier.offer(Notices.opened("more", "m"));
            }
            courier.hurry();
            courier.close(Duration.ofMillis(1));
            assertThat(receiver.all()).hasSize(1);
        }
    }

    @Test
    void eachChannelIsToldByItself() throws Exception {
        Path program = folder.resolve("hook");
        Files.writeString(program, "#!/bin/sh\necho broken >&2\nexit 9\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        try (Receiver receiver = Receiver.start();
                Notifier notifier = notifier(receiver, Optional.of(program));
                StatusPublisher _ = publisher(notifier)) {
            raise("a", Severity.CRITICAL);
            assertThat(told(receiver)).isEqualTo("alert_opened a, missed 0");
            StatusDocument failing = await(document -> types(document).contains("alert_command_failing"));
            assertThat(failing.derived().activeAlerts())
                    .filteredOn(alert -> alert.type().equals("alert_command_failing"))
                    .extracting(Alert::message)
                    .singleElement()
                    .asString()
                    .contains("exit code 9: broken");
            raise("b", Severity.CRITICAL);
            assertThat(told(receiver)).as("and nothing of the program").isEqualTo("alert_opened b, missed 0");
        }
    }

    private void raise(String type, Severity severity) {
        board.raise(new Alert(type, severity, "m", null));
    }

    private static String told(Receiver receiver) throws InterruptedException {
        var json = receiver.next().json();
        return "%s %s, missed %d"
                .formatted(
                        json.get("kind").asString(),
                        json.at("/alert/type").asString(),
                        json.get("missed").asInt());
    }

    private StatusDocument await(Predicate<StatusDocument> wanted) throws InterruptedException {
        while (true) {
            StatusDocument document = seen.poll(60, TimeUnit.SECONDS);
            assertThat(document).as("a document within a minute").isNotNull();
            if (wanted.test(document)) {
                return document;
            }
        }
    }

    private static List<String> types(StatusDocument document) {
        return Objects.requireNonNull(document.derived().activeAlerts()).stream()
                .map(Alert::type)
                .toList();
    }

    private Notifier notifier(Receiver receiver) {
        return notifier(receiver, Optional.empty());
    }

    private Notifier notifier(Receiver receiver, Optional<Path> command) {
        AlertSettings settings = new AlertSettings(
                Optional.of(new AlertSettings.Webhook(receiver.url(), WebhookFormat.JSON, Optional.empty())),
                command,
                false,
                Severity.WARNING,
                StateChanges.FAILURES);
        return Notifier.open(
                settings,
                Optional.empty(),
                new Teller(new BaseDirectory(folder), "box", "mini", SELF),
                board,
                InstantSource.system());
    }

    private StatusPublisher publisher(Notifier notifier) {
        StatusPublisher publisher = new StatusPublisher(board, SELF, new Limits(1, 1), folder.resolve("status.json"));
        publisher.watch(notifier.then((document, _) -> seen.add(document)));
        return publisher;
    }
}
