package dev.stepwell.app.daemon;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.FileSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// The names of the files that wait, asked of a daemon now and then on a thread of its own, so that nobody waits for
/// the answer.
final class NextFiles {
    private static final Duration AGE = Duration.ofSeconds(2);
    private static final int SHOWN = 20;

    private final RemoteDesk desk;
    private final InstantSource clock;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile Instant askedAt = Instant.MIN;
    private volatile List<String> names = List.of();

    NextFiles(DaemonLink.Exchange exchange, InstantSource clock) {
        desk = new RemoteDesk(exchange);
        this.clock = clock;
    }

    /// The newest known, in their order; none of a daemon that does not answer.
    List<String> newest() {
        if (clock.instant().isAfter(askedAt.plus(AGE)) && asking.compareAndSet(false, true)) {
            askedAt = clock.instant();
            Thread.ofVirtual().start(this::ask);
        }
        return names;
    }

    private void ask() {
        try {
            names = desk.answer(new DeskRequest.ListFiles(Set.of(FileState.WAITING), SHOWN))
                            instanceof DeskAnswer.Listing listing
                    ? listing.files().stream().map(FileSummary::name).toList()
                    : List.of();
        } catch (IOException | RuntimeException _) {
            names = List.of(); // They are an extra: what is wrong with the daemon is told elsewhere.
        } finally {
            asking.set(false);
        }
    }
}
