package dev.stepwell.monitor.web;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Who may use the dashboard: browsers that came by a link which works once.
///
/// ```
///  link    http://127.0.0.1:7878/#key=KEY      KEY is known to this process, and forgotten when it is used
///  token   EXPIRY.SIGNATURE                    HMAC-SHA256 of EXPIRY with the key in run/sessions.key
/// ```
///
/// A browser keeps its token in the page's own storage and sends it as a header: there is no cookie that other pages
/// could make it send, or that servers on other ports would be sent. Tokens are signed and not remembered, so that
/// they are good for the next process, too; whoever deletes `run/sessions.key` ends them all.
public final class Sessions {
    private static final Duration LIFE = Duration.ofDays(30);
    private static final int SECRET_BYTES = 32;
    private static final int OPEN_LINKS = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec secret;
    private final InstantSource clock;
    private final Deque<String> keys = new ArrayDeque<>();

    private Sessions(byte[] secret, InstantSource clock) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
        this.clock = clock;
    }

    /// The sessions of a base directory, with the secret that lies there, or a new one.
    public static Sessions open(BaseDirectory base, InstantSource clock) throws IOException {
        Path file = base.run().resolve("sessions.key");
        try {
            byte[] secret = Files.readAllBytes(file);
            if (secret.length == SECRET_BYTES) {
                return new Sessions(secret, clock);
            }
        } catch (NoSuchFileException _) {
            // The first start here.
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        PrivateFiles.write(file, secret);
        return new Sessions(secret, clock);
    }

    /// The key of a new link. Of many that nobody uses, the oldest are forgotten.
    public synchronized String newKey() {
        String key = DaemonFile.newToken();
        keys.addLast(key);
        if (keys.size() > OPEN_LINKS) {
            keys.removeFirst();
        }
        return key;
    }

    /// A token for who has the key of a link; empty if it is none, or was used.
    public synchronized Optional<String> redeem(String key) {
        boolean known = false;
        for (String open : keys) {
            known |= same(open, key);
        }
        if (!known) {
            return Optional.empty();
        }
        keys.remove(key);
        return Optional.of(newToken());
    }

    /// A token for who is known by other means.
    String newToken() {
        return signed(clock.instant().plus(LIFE).getEpochSecond());
    }

    /// Whether `token` came from here and has not expired.
    boolean isValid(String token) {
        int dot = token.indexOf('.');
        if (dot < 1) {
            return false;
        }
        long expiry;
        try {
            expiry = Long.parseLong(token.substring(0, dot));
        } catch (NumberFormatException _) {
            return false;
        }
        boolean fresh = clock.instant().getEpochSecond() < expiry;
        return same(signed(expiry), token) && fresh;
    }

    private String signed(long expiry) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] signature = mac.doFinal(Long.toString(expiry).getBytes(StandardCharsets.UTF_8));
            return expiry + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /// In a time that tells nothing of where they differ.
    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
