package dev.stepwell.app.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.WebhookFormat;
import dev.stepwell.app.notify.Receiver.Request;
import dev.stepwell.app.notify.Receiver.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookTest {
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    private static final Duration PLENTY = Duration.ofMinutes(1);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    private final Receiver receiver;

    WebhookTest() throws Exception {
        receiver = Receiver.start();
    }

    @AfterEach
    void stop() {
        receiver.close();
    }

    @Test
    void everythingIsSentAsJsonUnderAnIdThatStays() throws Exception {
        try (Webhook hook = hook(WebhookFormat.JSON, null)) {
            assertThat(hook.send(Notices.opened("id-1", "No space\nleft.", "Make room."), 2, 0))
                    .isEqualTo(new Outcome.Delivered("HTTP 200"));
        }

        Request request = receiver.next();
        assertThat(request.headers())
                .containsEntry("Stepwell-delivery", "id-1")
                .containsEntry("Stepwell-event", "alert_opened")
                .containsEntry("Content-type", "application/json; charset=utf-8")
                .doesNotContainKey("Stepwell-signature");
        assertThat(request.body()).isEqualTo("""
                {"version":1,"id":"id-1","kind":"alert_opened","severity":"critical","title":"disk_full",\
                "text":"No space\\nleft.","at":"2026-01-31T09:30:00.123Z","alert":{"type":"disk_full",\
                "severity":"critical","message":"No space\\nleft.","evidence":"1 GB needed","remedy":"Make room.",\
                "since":"2026-01-31T09:30:00.123Z","step":208},"file":null,"where":{"host":"box",\
                "base_dir":"/data/tutor","model":"mini","pid":4711,"boot_id":"boot-1","status":"training",\
                "file":"lesson.jsonl","step":208},"missed":2}""");
    }

    @Test
    void aReceiverCanTellWhoSentItAndWhen() throws Exception {
        try (Webhook hook = hook(WebhookFormat.JSON, SECRET)) {
            hook.send(Notices.opened("id-1", "Ünïcode."), 0, 0);
        }

        Request request = receiver.next();
        String signature = request.headers().get("Stepwell-signature");
        String signed = NOW.getEpochSecond() + "." + request.body();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String hmac = HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        assertThat(signature).isEqualTo("t=1769853600,v1=" + hmac);
    }

    /// Made by: printf '1769853600.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    @Test
    void theSignatureIsTheOneThatOpensslMakes() {
        assertThat(Signature.of(SECRET, NOW, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("t=1769853600,v1=b4d6bf06403224e3edf1594e57c4ff94e24f5ccab16394e68f7faba8a5188d36");
    }

    @Test
    void slackIsSentAMessageInWhichNothingCallsOrFormats() throws Exception {
        try (Webhook hook = hook(WebhookFormat.SLACK, null)) {
            hook.send(Notices.opened("1", "<!channel> a & b\u001b", "Make room."), 1, 0);
        }
        assertThat(receiver.next().json()).isEqualTo(json("""
                {"text": "*CRITICAL: disk_full (box)*\\n&lt;!channel&gt; a &amp; b\\\\u001b\\n1 GB needed\\nMake room.\\n\
                mini, /data/tutor, global step 208\\n1 before this did not arrive.",
                 "unfurl_links": false, "unfurl_media": false}"""));
    }

    @Test
    void discordIsSentAMessageInWhichNothingCallsOrFormatsAndThatIsNotTooLong() throws Exception {
        try (Webhook hook = hook(WebhookFormat.DISCORD, null)) {
            hook.send(Notices.opened("1", "@everyone **look**"), 0, 0);
            hook.send(Notices.opened("2", "`".repeat(5_000)), 0, 0);
        }
        JsonNode first = receiver.next().json();
        assertThat(first.at("/allowed_mentions/parse").size()).isZero();
        assertThat(first.at("/allowed_mentions/parse").isArray()).isTrue();
        assertThat(first.get("content").asString())
                .isEqualTo("**CRITICAL: disk\\_full \\(box\\)**\n@everyone \\*\\*look\\*\\*\n1 GB needed\n"
                        + "mini, /data/tutor, global step 208");
        assertThat(receiver.next().json().get("content").asString()).hasSize(2_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 500, 502, 503, 599})
    void whatMayGoByIsTriedAgainHoweverOften(int code) throws Exception {
        receiver.answer(Receiver.status(code));
        try (Webhook hook = hook(WebhookFormat.JSON, null)) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 99)).isEqualTo(new Outcome.Later("HTTP " + code, null));
        }
    }

    @Test
    void whoRefusesIsAskedFiveTimes() throws Exception {
        Status gone = new Status(404, Map.of(), "no_service\nand more");
        receiver.answer(gone, gone);
        try (Webhook hook = hook(WebhookFormat.JSON, null)) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 3))
                    .isEqualTo(new Outcome.Later("HTTP 404 (no_service)", null));
            assertThat(hook.send(Notices.opened("1", "m"), 0, 4))
                    .isEqualTo(new Outcome.Refused("HTTP 404 (no_service)"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "120, PT2M",
        "0.65, PT0.65S",
        "'Sat, 31 Jan 2026 10:00:30 GMT', PT30S",
        "'Sat, 31 Jan 2026 09:59:00 GMT', PT-1M"
    })
    void howLongToWaitIsHeard(String header, Duration expected) throws Exception {
        receiver.answer(new Status(429, Map.of("Retry-After", header), ""));
        try (Webhook hook = hook(WebhookFormat.JSON, null)) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isEqualTo(new Outcome.Later("HTTP 429", expected));
        }
    }

    @Test
    void nonsenseAboutHowLongToWaitIsNot() throws Exception {
        receiver.answer(new Status(503, Map.of("Retry-After", "soon"), ""));
        try (Webhook hook = hook(WebhookFormat.JSON, null)) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isEqualTo(new Outcome.Later("HTTP 503", null));
        }
    }

    @Test
    void noRedirectIsFollowed() throws Exception {
        try (Receiver elsewhere = Receiver.start();
                Webhook hook = hook(WebhookFormat.JSON, SECRET)) {
            receiver.answer(new Status(307, Map.of("Location", elsewhere.url().toString()), ""));
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0))
                    .isEqualTo(new Outcome.Refused("HTTP 307, a redirect to 127.0.0.1; name where it leads to"));
            assertThat(elsewhere.all()).isEmpty();
        }
    }

    @Test
    void aServerThatHangsOrHangsUpOrIsGoneIsTriedAgainAndNothingSecretIsSaid() throws Exception {
        receiver.answer(new Receiver.Hang(), new Receiver.Reset());
        try (Webhook hook = impatient()) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isInstanceOf(Outcome.Later.class);
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isInstanceOf(Outcome.Later.class);
            receiver.close();
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isEqualTo(new Outcome.Later("no connection", null));
            assertThat(hook.place()).isEqualTo("http://127.0.0.1:" + receiver.port());
        }
        URI nowhere = URI.create("http://nowhere.invalid/hook?key=geheim");
        try (Webhook hook = new Webhook(nowhere, WebhookFormat.JSON, null, InstantSource.fixed(NOW))) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0).toString()).doesNotContain("geheim");
        }
    }

    @Test
    void aServerThatRepeatsTheAddressIsNotRepeated() throws Exception {
        receiver.answer(new Status(500, Map.of(), "cannot serve " + receiver.url()));
        try (Webhook hook = hook(WebhookFormat.JSON, null)) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0))
                    .isEqualTo(new Outcome.Later("HTTP 500 (cannot serve %s)".formatted(hook.place()), null));
        }
    }

    @Test
    void whatWasAcknowledgedIsDeliveredHoweverTheAnswerEnds() throws Exception {
        receiver.answer(new Receiver.HangInBody(200), new Receiver.HangInBody(500));
        try (Webhook hook = impatient()) {
            assertThat(hook.send(Notices.opened("1", "m"), 0, 0)).isInstanceOf(Outcome.Delivered.class);
            assertThat(hook.send(Notices.opened("2", "m"), 0, 0)).isInstanceOf(Outcome.Later.class);
        }
    }

    private Webhook hook(WebhookFormat format, @Nullable String secret) {
        return new Webhook(receiver.url(), format, secret, InstantSource.fixed(NOW), PLENTY, PLENTY);
    }

    private Webhook impatient() {
        return new Webhook(
                receiver.url(), WebhookFormat.JSON, null, InstantSource.fixed(NOW), PLENTY, Duration.ofSeconds(4));
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
