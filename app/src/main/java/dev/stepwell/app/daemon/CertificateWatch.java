package dev.stepwell.app.daemon;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.monitor.web.CertificateFileException;
import dev.stepwell.monitor.web.ServerCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks whether a certificate was renewed, so that nothing has to be restarted for it.
///
/// Certificate and key are two files, which nobody replaces at one moment. What has changed is read once it was the
/// same at two looks, and shown only if it is whole, belongs together and is valid now; else what was read before goes
/// on to be shown. An alert stands for as long as that is so, because whoever renews certificates is a program, and
/// nobody reads what it has done.
final class CertificateWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Path chain;
    private final Path key;
    private final StatusBoard board;
    private final InstantSource clock;
    private Looks seen;
    private Looks read;
    private ServerCertificate shown;
    private Optional<String> refused = Optional.empty();
    private Optional<String> said = Optional.empty();
    private @Nullable Thread thread;

    /// Reads what is there now.
    ///
    /// @throws CertificateFileException if that cannot be shown
    CertificateWatch(Path chain, Path key, StatusBoard board, InstantSource clock) throws CertificateFileException {
        this.chain = chain;
        this.key = key;
        this.board = board;
        this.clock = clock;
        seen = Looks.of(chain, key);
        read = seen;
        shown = ServerCertificate.read(chain, key);
        say(untimely());
    }

    /// What two files look like from outside.
    private record Looks(Optional<Look> chain, Optional<Look> key) {
        static Looks of(Path chain, Path key) {
            return new Looks(Look.at(chain), Look.at(key));
        }
    }

    /// @param file which one it is, where the file system can tell
    private record Look(FileTime modified, long size, Optional<Object> file) {
        /// Empty for a file that cannot be looked at: that it cannot be read either is said by who tries to.
        static Optional<Look> at(Path path) {
            try {
                BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
                return Optional.of(new Look(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey())));
            } catch (IOException _) {
                return Optional.empty();
            }
        }
    }

    /// The one to begin with.
    ServerCertificate first() {
        return shown;
    }

    /// Begins to look, on a thread of its own.
    ///
    /// @param renewed told of each one that is to be shown from now on
    void start(Consumer<ServerCertificate> renewed) {
        thread = Thread.ofPlatform().daemon().name("certificate").start(() -> run(renewed));
    }

    private void run(Consumer<ServerCertificate> renewed) {
        try {
            while (true) {
                Thread.sleep(INTERVAL);
                look(renewed);
            }
        } catch (InterruptedException _) {
            LOG.debug("the certificate is not looked at any more");
        } catch (RuntimeException e) {
            say(Optional.of("A new certificate is not read before the next start: %s".formatted(e)));
        }
    }

    /// Looks once.
    void look(Consumer<ServerCertificate> renewed) {
        Looks now = Looks.of(chain, key);
        boolean settled = now.equals(seen);
        seen = now;
        if (settled && !now.equals(read)) {
            read = now;
            refused = taken(renewed);
        }
        say(refused.or(this::untimely));
    }

    /// @return why not; empty if it is
    private Optional<String> taken(Consumer<ServerCertificate> renewed) {
        try {
            ServerCertificate found = ServerCertificate.read(chain, key);
            Optional<String> untimely = found.untimely(clock.instant());
            if (untimely.isPresent()) {
                return Optional.of(kept("%s %s".formatted(chain, untimely.get())));
            }
            renewed.accept(found);
            shown = found;
            LOG.info("the certificate in {} is shown from now on; it expires at {}", chain, found.expires());
            return Optional.empty();
        } catch (CertificateFileException e) {
            return Optional.of(kept(String.valueOf(e.getMessage())));
        }
    }

    private static String kept(String problem) {
        return "The certificate's files cannot be used, and what was read before still is: %s. They are read again when they change."
                .formatted(problem);
    }

    private Optional<String> untimely() {
        return shown.untimely(clock.instant())
                .map(why -> "The certificate in %s %s. A new one is read when it is there.".formatted(chain, why));
    }

    private void say(Optional<String> problem) {
        if (problem.equals(said)) {
            return;
        }
        said = problem;
        if (problem.isPresent()) {
            LOG.warn(problem.get());
            board.raise(new Alert(
                    Alert.CERTIFICATE,
                    Severity.WARNING,
                    problem.get(),
                    board.latest().modelStep()));
        } else {
            board.withdraw(Alert.CERTIFICATE);
        }
    }

    @Override
    public void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
