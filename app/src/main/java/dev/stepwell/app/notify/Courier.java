package dev.stepwell.app.notify;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [Delivery] and the thread that drives it. One for each channel, so that one which hangs holds up no other.
final class Courier {
    private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
    private static final Duration TO_GIVE_UP = Duration.ofSeconds(1);

    private final Channel channel;
    private final Delivery delivery;
    private final Thread thread;
    private volatile boolean closing;

    Courier(Channel channel, Delivery delivery) {
        this.channel = channel;
        this.delivery = delivery;
        this.thread =
                Thread.ofPlatform().daemon().name("alerts-" + channel.name()).start(this::run);
    }

    /// From any thread; never waits.
    void offer(Notice notice) {
        delivery.offer(notice);
        LockSupport.unpark(thread);
    }

    /// Has what is pending sent at once, if it can be.
    void hurry() {
        closing = true;
        LockSupport.unpark(thread);
    }

    /// Waits until that is done, but not beyond `patience`.
    void close(Duration patience) {
        try {
            if (!thread.join(patience)) {
                thread.interrupt();
                if (!thread.join(TO_GIVE_UP)) {
                    LOG.warn("{} does not end; what it was to tell may be lost.", channel.name());
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        channel.close();
    }

    private void run() {
        try {
            while (!closing) {
                long wait = delivery.tick();
                if (wait > 0) {
                    LockSupport.parkNanos(this, wait);
                }
            }
            delivery.finish();
        } catch (InterruptedException _) {
            // Nobody waits any longer: said below.
        }
        int left = delivery.undelivered();
        if (left > 0) {
            LOG.warn("{} of what was to be told by {} ({}) did not arrive.", left, channel.name(), channel.place());
        }
    }
}
