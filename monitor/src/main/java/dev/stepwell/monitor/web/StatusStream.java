package dev.stepwell.monitor.web;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.StatusDocument;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What watchers of the status are told: every change of state and of alerts, and of all else the newest.
///
/// ```
///  status thread ── offer ──→ newest                  one slot: who is slow misses what is old
///                        └──→ changes, by seq          the last 512: who comes back misses none
///                                 ↑
///  a watcher, on a thread of its own: next(what it has seen) ──→ changes since, newest
/// ```
///
/// Nothing is queued for a watcher, so it can neither fill memory nor keep another waiting. A document becomes JSON
/// once, on the thread of the first watcher that wants it.
public final class StatusStream implements AutoCloseable {
    private static final int KEPT_CHANGES = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<StreamEvent> changes = new ArrayDeque<>();
    private final String bootId;
    private @Nullable Newest newest;
    private List<Alert> alerts = List.of();
    private boolean closed;

    /// @param bootId of this process, as in its status documents
    public StatusStream(String bootId) {
        this.bootId = bootId;
    }

    String bootId() {
        return bootId;
    }

    /// What a watcher has seen that had the event `id`: nothing, if that is another process's.
    long seqOf(String id) {
        int colon = id.lastIndexOf(':');
        if (colon < 0 || !id.substring(0, colon).equals(bootId)) {
            return -1;
        }
        try {
            return Long.parseLong(id.substring(colon + 1));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /// What a watcher is to be told next.
    ///
    /// @param events in the order of `seq`
    /// @param open   whether more will come
    record Batch(List<StreamEvent> events, boolean open) {
        Batch {
            events = List.copyOf(events);
        }
    }

    /// Takes a document; one that is not newer than the last is passed over.
    ///
    /// @param transition whether it tells of a change of state
    public void offer(StatusDocument document, boolean transition) {
        lock.lock();
        try {
            if (newest != null && seq(document) <= newest.seq) {
                return;
            }
            newest = new Newest(document);
            if (transition) {
                keep(new StreamEvent(seq(document), StreamEvent.TRANSITION, change(document)));
            }
            List<Alert> standing = Objects.requireNonNullElse(document.derived().activeAlerts(), List.of());
            if (!standing.equals(alerts)) {
                alerts = standing;
                keep(new StreamEvent(
                        seq(document), StreamEvent.ALERT, JsonMapper.shared().writeValueAsString(standing)));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for something that comes after `seen`.
    ///
    /// @param seen     `seq` of the last that the watcher was told; -1 for nothing
    /// @param patience after which there is nothing to be told
    Batch next(long seen, Duration patience) throws InterruptedException {
        List<StreamEvent> events = new ArrayList<>();
        Newest news = null;
        boolean open;
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (!closed && (newest == null || newest.seq <= seen) && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (newest != null && newest.seq > seen) {
                changes.stream().filter(change -> change.seq() > seen).forEach(events::add);
                news = newest;
            }
            open = !closed;
        } finally {
            lock.unlock();
        }
        if (news != null) {
            events.add(news.snapshot());
        }
        return new Batch(events, open);
    }

    /// A document, and what it is as an event once somebody wants it. Not under the stream's lock, for which the
    /// status thread would have to wait.
    private static final class Newest {
        private final StatusDocument document;
        private final long seq;
        private @Nullable StreamEvent snapshot;

        Newest(StatusDocument document) {
            this.document = document;
            this.seq = StatusStream.seq(document);
        }

        synchronized StreamEvent snapshot() {
            StreamEvent known = snapshot;
            if (known == null) {
                known = new StreamEvent(
                        seq, StreamEvent.SNAPSHOT, document.toJson().toString());
                snapshot = known;
            }
            return known;
        }
    }

    private void keep(StreamEvent change) {
        changes.addLast(change);
        if (changes.size() > KEPT_CHANGES) {
            changes.removeFirst();
        }
    }

    private static long seq(StatusDocument document) {
        return Objects.requireNonNullElse(document.writer().seq(), 0L);
    }

    private static String change(StatusDocument document) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("seq", seq(document))
                .put("at", String.valueOf(document.timestamp()))
                .put("status", document.status())
                .put("phase", document.derived().phase())
                .put("current_file", document.file().currentFile())
                .put("current_step", document.cumulative().currentStep())
                .put("error_message", document.error().errorMessage())
                .toString();
    }

    /// Tells all watchers that nothing more will come.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
