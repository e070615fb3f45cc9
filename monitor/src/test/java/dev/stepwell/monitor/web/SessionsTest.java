package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private BaseDirectory base;

    @BeforeEach
    void folders() throws IOException {
        base = new BaseDirectory(folder);
        Files.createDirectories(base.run());
    }

    @Test
    void aLinkWorksOnce() throws IOException {
        Sessions sessions = at(NOW);
        String key = sessions.newKey();

        String token = sessions.redeem(key).orElseThrow();

        assertThat(sessions.isValid(token)).isTrue();
        assertThat(sessions.redeem(key)).isEmpty();
        assertThat(sessions.redeem("")).isEmpty();
        assertThat(sessions.redeem(token)).isEmpty();
    }

    @Test
    void aTokenIsGoodForTheNextProcessAndForThirtyDays() throws IOException {
        Sessions first = at(NOW);
        String token = first.redeem(first.newKey()).orElseThrow();

        assertThat(at(NOW.plus(Duration.ofDays(30)).minusSeconds(1)).isValid(token))
                .isTrue();
        assertThat(at(NOW.plus(Duration.ofDays(30))).isValid(token)).isFalse();
    }

    @Test
    void whoChangesATokenHasNone() throws IOException {
        Sessions sessions = at(NOW);
        String token = sessions.redeem(sessions.newKey()).orElseThrow();
        String signature = token.substring(token.indexOf('.'));

        for (String forged : List.of(
                "",
                ".",
                signature,
                "9999999999" + signature,
                token + "x",
                token.substring(0, token.length() - 1),
                "x" + token,
                token.substring(0, token.indexOf('.') + 1))) {
            assertThat(sessions.isValid(forged)).as(forged).isFalse();
        }
    }

    @Test
    void anotherSecretEndsAllSessions() throws IOException {
        Sessions sessions = at(NOW);
        String token = sessions.redeem(sessions.newKey()).orElseThrow();
        Files.delete(base.run().resolve("sessions.key"));

        assertThat(at(NOW).isValid(token)).isFalse();
    }

    @Test
    void ofManyLinksTheOldestAreForgotten() throws IOException {
        Sessions sessions = at(NOW);
        String oldest = sessions.newKey();
        String newest = oldest;
        for (int i = 0; i < 32; i++) {
            newest = sessions.newKey();
        }

        assertThat(sessions.redeem(oldest)).isEmpty();
        assertThat(sessions.redeem(newest)).isPresent();
    }

    @Test
    void onlyTheUserCanReadTheSecret() throws IOException {
        at(NOW);
        Path secret = base.run().resolve("sessions.key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(Files.readAllBytes(secret)).hasSize(32);
    }

    private Sessions at(Instant now) throws IOException {
        return Sessions.open(base, InstantSource.fixed(now));
    }
}
