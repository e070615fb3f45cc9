package dev.stepwell.app.notify;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends notices over one channel, in their order, until each arrived. Knows no thread: whoever drives it calls [#tick]
/// and comes back when told to.
///
/// ```
///  waiting (at most MAX_WAITING, the oldest go) ──► current ──► channel ──► arrived: the next
///                                                      ▲          ├──────► later:   tried again after a pause
///                                                      └──────────┘        refused: given up, counted as missed
/// ```
///
/// A pause is drawn from the upper half of 1, 2, 4, … seconds, up to five minutes, and is no shorter than the other
/// side asked for, up to an hour. A channel that fails again and again is an alert, which goes out over no channel.
final class Delivery {
    static final int MAX_WAITING = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final long FIRST_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMinutes(5).toNanos();
    private static final long LONGEST_ASKED = Duration.ofHours(1).toNanos();
    private static final int TRIES_BEFORE_ALERT = 3;

    private final Channel channel;
    private final StatusBoard board;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Object lock = new Object();
    private final Deque<Notice> waiting = new ArrayDeque<>();
    private int missed;
    private @Nullable Notice current; // The sending thread's own, as the next.
    private int tries;
    private long dueAt;
    private boolean failing;

    /// @param nanoTime measures pauses, in nanoseconds
    Delivery(Channel channel, StatusBoard board, LongSupplier nanoTime, RandomGenerator random) {
        this.channel = channel;
        this.board = board;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    /// Puts `notice` behind those that wait. From any thread.
    void offer(Notice notice) {
        synchronized (lock) {
            if (waiting.size() == MAX_WAITING) {
                waiting.removeFirst();
                missed++;
            }
            waiting.addLast(notice);
        }
    }

    /// Sends what is due, at most one notice.
    ///
    /// @return after how many nanoseconds to come back, unless something is offered before
    long tick() throws InterruptedException {
        if (current == null && !takeNext()) {
            return Long.MAX_VALUE;
        }
        long wait = dueAt - nanoTime.getAsLong();
        if (wait > 0) {
            return wait;
        }
        if (send() instanceof Outcome.Later later) {
            dueAt = nanoTime.getAsLong() + pause(later);
        }
        return current == null ? 0 : dueAt - nanoTime.getAsLong();
    }

    /// Sends what waits at once, each of them once, until one does not arrive.
    ///
    /// @return how many did not arrive
    int finish() throws InterruptedException {
        while (current != null || takeNext()) {
            if (!(send() instanceof Outcome.Delivered)) {
                break;
            }
        }
        return undelivered();
    }

    /// How many wait, the one in hand included, and those that were given up since one arrived.
    int undelivered() {
        synchronized (lock) {
            return waiting.size() + (current == null ? 0 : 1) + missed;
        }
    }

    private boolean takeNext() {
        synchronized (lock) {
            current = waiting.pollFirst();
        }
        tries = 0;
        dueAt = nanoTime.getAsLong();
        return current != null;
    }

    private Outcome send() throws InterruptedException {
        Notice notice = current;
        if (notice == null) {
            throw new IllegalStateException("there is nothing to send");
        }
        int gone;
        synchronized (lock) {
            gone = missed;
        }
        Outcome outcome = sent(notice, gone);
        tries++;
        switch (outcome) {
            case Outcome.Delivered _ -> {
                settled(-gone);
                works();
            }
            case Outcome.Later later -> {
                if (tries >= TRIES_BEFORE_ALERT) {
                    fails(later.why());
                }
            }
            case Outcome.Refused refused -> {
                settled(1);
                fails(refused.why());
            }
        }
        return outcome;
    }

    private Outcome sent(Notice notice, int gone) throws InterruptedException {
        try {
            return channel.send(notice, gone, tries);
        } catch (RuntimeException e) {
            // A mistake of ours must not end the thread, nor be made again for ever.
            LOG.error("{} could not be sent over {}", notice.kind().word(), channel.name(), e);
            return new Outcome.Refused(e.toString());
        }
    }

    private void settled(int newlyMissed) {
        current = null;
        synchronized (lock) {
            missed += newlyMissed;
        }
    }

    private long pause(Outcome.Later later) {
        long full = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(tries - 1, 20));
        long drawn = random.nextLong(full / 2, full + 1);
        Duration asked = later.after();
        return asked == null ? drawn : Math.max(drawn, Math.min(LONGEST_ASKED, asked.toNanos()));
    }

    private void fails(String why) {
        if (failing) {
            return;
        }
        failing = true;
        board.raise(new Alert(
                channel.alertType(),
                Severity.WARNING,
                "What is to be told by %s (%s) does not arrive: %s.".formatted(channel.name(), channel.place(), why),
                "sent %d %s".formatted(tries, tries == 1 ? "time" : "times"),
                channel.remedy(),
                null,
                board.latest().modelStep()));
    }

    private void works() {
        if (failing) {
            failing = false;
            board.withdraw(channel.alertType());
        }
    }
}
