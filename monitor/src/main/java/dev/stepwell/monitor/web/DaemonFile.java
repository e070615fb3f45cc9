package dev.stepwell.monitor.web;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// `run/daemon.json`: where a running daemon listens, and the token that opens it. Only its user can read it.
///
/// A daemon removes it when it ends in order. One that was killed leaves it behind: whether a daemon runs, the
/// lock says, not this file.
///
/// @param port      on 127.0.0.1
/// @param token     a new one for each process
/// @param pid       its process
/// @param bootId    as in the status file
/// @param startedAt when the process began to work here
/// @param version   of the program
public record DaemonFile(int port, String token, long pid, String bootId, Instant startedAt, String version) {
    private static final int TOKEN_BYTES = 32;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    /// A token that cannot be guessed: 256 random bits.
    public static String newToken() {
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    /// Where it lies.
    public static Path in(BaseDirectory base) {
        return base.run().resolve("daemon.json");
    }

    /// Writes it, readable by its user alone from the first moment.
    public void write(BaseDirectory base) throws IOException {
        PrivateFiles.write(in(base), JSON.writeValueAsBytes(this));
    }

    /// Removes it.
    public static void remove(BaseDirectory base) throws IOException {
        Files.deleteIfExists(in(base));
    }

    /// What is there; empty if there is none.
    ///
    /// @throws IOException if it cannot be read, or says nothing that makes sense
    public static Optional<DaemonFile> read(BaseDirectory base) throws IOException {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(in(base)), DaemonFile.class));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JacksonException e) {
            throw new IOException("%s is not understood: %s".formatted(in(base), e.getOriginalMessage()), e);
        }
    }

    /// Without the token, which has no business in a log.
    @Override
    public String toString() {
        return "pid %d, port %d, started %s, %s".formatted(pid, port, startedAt, version);
    }
}
