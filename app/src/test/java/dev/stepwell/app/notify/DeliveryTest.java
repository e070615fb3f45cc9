package dev.stepwell.app.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.WebhookFormat;
import dev.stepwell.app.notify.Receiver.Request;
import dev.stepwell.app.notify.Receiver.Status;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.StatusBoard;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Real requests, at times that are ours.
class DeliveryTest {
    private final StatusBoard board = new StatusBoard();
    private final List<Duration> pauses = new ArrayList<>();
    private long now = 17;

    @Test
    void whateverTheServerDoesEachNoticeArrivesOnceInItsOrder() throws Exception {
        try (Receiver receiver = Receiver.start();
                Webhook hook = hook(receiver)) {
            Delivery delivery = delivery(hook);
            receiver.answer(
                    Receiver.status(500),
                    new Receiver.Hang(),
                    new Receiver.Reset(),
                    Receiver.status(503),
                    Receiver.status(200),
                    Receiver.status(429),
                    Receiver.status(200),
                    new Receiver.HangInBody(200),
                    Receiver.status(404));
            for (int i = 1; i <= 5; i++) {
                delivery.offer(Notices.opened("id-" + i, "m"));
            }

            drive(delivery);

            for (int i = 1; i <= 5; i++) {
                assertThat(receiver.next().json().get("id").asString()).isEqualTo("id-" + i);
            }
            assertThat(receiver.left()).isZero();
            assertThat(receiver.all().stream()
                            .map(request -> request.json().get("id").asString()))
                    .containsExactly(
                            "id-1", "id-1", "id-1", "id-1", "id-1", "id-2", "id-2", "id-3", "id-4", "id-4", "id-5");
            assertThat(board.latest().standing()).isEmpty();
        }
    }

    @Test
    void aServerThatComesBackIsToldEverything() throws Exception {
        int port;
        try (Receiver receiver = Receiver.start()) {
            port = receiver.port();
        }
        try (Webhook hook = hook(port)) {
            Delivery delivery = delivery(hook);
            delivery.offer(Notices.opened("id-1", "m"));
            delivery.offer(Notices.opened("id-2", "m"));
            for (int i = 0; i < 12; i++) {
                tick(delivery);
            }
            assertThat(board.latest().standing()).singleElement().satisfies(alert -> {
                assertThat(alert.type()).isEqualTo("webhook_failing");
                assertThat(alert.message())
                        .isEqualTo("What is to be told by webhook (http://127.0.0.1:%d) does not arrive: no connection."
                                .formatted(port));
                assertThat(alert.evidence()).isEqualTo("sent 3 times");
            });

            try (Receiver back = Receiver.start(port)) {
                drive(delivery);
                assertThat(back.next().json().get("id").asString()).isEqualTo("id-1");
                assertThat(back.next().json().get("id").asString()).isEqualTo("id-2");
                assertThat(board.latest().standing()).isEmpty();
            }
        }
    }

    @Test
    void pausesGrowWithJitterUpToFiveMinutes() throws Exception {
        Delivery delivery = delivery(new Scripted(new Outcome.Later("down", null)));
        delivery.offer(Notices.opened("1", "m"));
        for (int i = 0; i < 14; i++) {
            tick(delivery);
        }
        for (int i = 0; i < pauses.size(); i++) {
            Duration full = Duration.ofSeconds(Math.min(300, 1L << i));
            assertThat(pauses.get(i)).isBetween(full.dividedBy(2), full);
        }
        assertThat(pauses).hasSizeGreaterThan(12);
        assertThat(pauses.subList(9, pauses.size())).doesNotHaveDuplicates();
    }

    @Test
    void theServerIsNotAskedBeforeItSaidSo() throws Exception {
        try (Receiver receiver = Receiver.start();
                Webhook hook = hook(receiver)) {
            Delivery delivery = delivery(hook);
            receiver.answer(
                    new Status(429, Map.of("Retry-After", "90"), ""),
                    new Status(503, Map.of("Retry-After", "999999"), ""));
            delivery.offer(Notices.opened("1", "m"));
            drive(delivery);
            assertThat(pauses).containsExactly(Duration.ofSeconds(90), Duration.ofHours(1));
        }
    }

    @Test
    void nothingIsSentBeforeItsTime() throws Exception {
        Scripted channel = new Scripted(new Outcome.Later("down", null));
        Delivery delivery = delivery(channel);
        delivery.offer(Notices.opened("1", "m"));
        long wait = delivery.tick();
        now += wait - 1;
        delivery.offer(Notices.opened("2", "m"));
        assertThat(delivery.tick()).isEqualTo(1);
        assertThat(channel.sent).hasSize(1);
        now += 1;
        delivery.tick();
        assertThat(channel.sent).hasSize(2);
    }

    @Test
    void whatIsRefusedIsGivenUpCountedAndToldWithTheNext() throws Exception {
        try (Receiver receiver = Receiver.start();
                Webhook hook = hook(receiver)) {
            Delivery delivery = delivery(hook);
            Status refused = new Status(400, Map.of(), "invalid_payload");
            receiver.answer(refused, refused, refused, refused, refused);
            delivery.offer(Notices.opened("id-1", "m"));
            delivery.offer(Notices.opened("id-2", "m"));
            delivery.offer(Notices.opened("id-3", "m"));
            drive(delivery);
            Request second = receiver.next();
            assertThat(second.json().get("id").asString()).isEqualTo("id-2");
            assertThat(second.json().get("missed").asInt()).isEqualTo(1);
            assertThat(receiver.next().json().get("missed").asInt()).isZero();
        }
    }

    @Test
    void memoryIsBoundedAndTheOldestGoFirst() throws Exception {
        Scripted channel = new Scripted(new Outcome.Later("down", null));
        Delivery delivery = delivery(channel);
        delivery.offer(Notices.opened("first", "m"));
        delivery.tick();
        for (int i = 0; i < Delivery.MAX_WAITING + 10; i++) {
            delivery.offer(Notices.opened("id-" + i, "m"));
        }
        assertThat(delivery.undelivered()).isEqualTo(1 + Delivery.MAX_WAITING + 10);

        channel.outcome = new Outcome.Delivered("now");
        channel.sent.clear();
        drive(delivery);
        assertThat(channel.sent).hasSize(1 + Delivery.MAX_WAITING).startsWith("first missed 10", "id-10 missed 0");
        assertThat(delivery.undelivered()).isZero();
    }

    @Test
    void aMistakeInAChannelIsAnAlertAndTheNextNoticeIsSent() throws Exception {
        Scripted channel = new Scripted(null);
        Delivery delivery = delivery(channel);
        delivery.offer(Notices.opened("1", "m"));
        drive(delivery);
        assertThat(board.latest().standing())
                .extracting(Alert::message)
                .singleElement()
                .asString()
                .contains("NullPointerException");
        channel.outcome = new Outcome.Delivered("now");
        delivery.offer(Notices.opened("2", "m"));
        drive(delivery);
        assertThat(channel.sent).endsWith("2 missed 1");
        assertThat(board.latest().standing()).isEmpty();
    }

    @Test
    void atTheEndEachIsSentOnceUntilOneDoesNotArrive() throws Exception {
        try (Receiver receiver = Receiver.start();
                Webhook hook = hook(receiver)) {
            Delivery delivery = delivery(hook);
            receiver.answer(Receiver.status(500), Receiver.status(200), Receiver.status(500));
            for (int i = 1; i <= 4; i++) {
                delivery.offer(Notices.opened("id-" + i, "m"));
            }
            delivery.tick();
            assertThat(delivery.finish()).isEqualTo(3);
            assertThat(receiver.next().json().get("id").asString()).isEqualTo("id-1");
            assertThat(receiver.all()).hasSize(3);
        }
    }

    /// Until nothing is left to send; time passes as is asked for.
    private void drive(Delivery delivery) throws InterruptedException {
        while (tick(delivery)) {
            assertThat(pauses).hasSizeLessThan(100);
        }
    }

    private boolean tick(Delivery delivery) throws InterruptedException {
        long wait = delivery.tick();
        if (wait == Long.MAX_VALUE) {
            return false;
        }
        if (wait > 0) {
            pauses.add(Duration.ofNanos(wait));
            now += wait;
        }
        return true;
    }

    private Delivery delivery(Channel channel) {
        return new Delivery(channel, board, () -> now, new Random(7));
    }

    private static Webhook hook(Receiver receiver) {
        return hook(receiver.port());
    }

    private static Webhook hook(int port) {
        return new Webhook(
                URI.create("http://127.0.0.1:%d/hook?key=geheim".formatted(port)),
                WebhookFormat.JSON,
                null,
                InstantSource.system(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(4));
    }

    /// Answers what it is told to, which no server would do so exactly.
    private static final class Scripted implements Channel {
        private final List<String> sent = new ArrayList<>();
        private @Nullable Outcome outcome;

        Scripted(@Nullable Outcome outcome) {
            this.outcome = outcome;
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public String place() {
            return "here";
        }

        @Override
        public String alertType() {
            return "scripted_failing";
        }

        @Override
        public String remedy() {
            return "none";
        }

        @Override
        public Outcome send(Notice notice, int missed, int tries) {
            sent.add("%s missed %d".formatted(notice.id(), missed));
            if (outcome == null) {
                throw new NullPointerException("a mistake");
            }
            return outcome;
        }
    }
}
