package dev.stepwell.monitor.web;

import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.StatusDocument;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
///  a watcher, on a thread of its own: Watch.next() ──→ changes since it was told last, newest
/// ```
///
/// Another status, another error and other alerts are told to all at once, unless all were told within the last
/// [#TOLD_ALL_AGAIN]: then a little later, with what came meanwhile. Whatever else is newer is told in [Turns]: who has
/// gone longest without news is first, and gets what is new at that moment. So [#ALWAYS_TOLD] watchers and fewer see
/// every document, and a thousand take no more from training than a few do, even where files are so short that another
/// begins every second.
///
/// Nothing is queued for a watcher, so it can neither fill memory nor keep another waiting. A document becomes JSON
/// once, on the thread of the first watcher that wants it.
public final class StatusStream implements AutoCloseable {
    /// So many watchers are told of every document.
    static final int ALWAYS_TOLD = 3;

    /// Between two times that all are told, however many they are.
    static final Duration TOLD_ALL_AGAIN = Duration.ofSeconds(1);

    private static final int KEPT_CHANGES = 512;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Watch> waiting = new LinkedHashSet<>();
    private final Deque<StreamEvent> changes = new ArrayDeque<>();
    private final String bootId;
    private final Turns turns;
    private @Nullable Newest newest;
    private @Nullable StatedChange change;
    private long urgentAt = -1;
    private long toldAll = -1;
    private long toldAllAt;
    private List<Alert> alerts = List.of();
    private int watching;
    private boolean closed;

    /// @param bootId of this process, as in its status documents
    public StatusStream(String bootId) {
        this(bootId, new Turns());
    }

    StatusStream(String bootId, Turns turns) {
        this.bootId = bootId;
        this.turns = turns;
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
    public void offer(StatusDocument document) {
        lock.lock();
        try {
            long seq = seq(document);
            if (newest != null && seq <= newest.seq) {
                return;
            }
            newest = new Newest(document);
            StatedChange now = StatedChange.of(document);
            if (change != null && !change.equals(now)) {
                keep(event(seq, StreamEvent.TRANSITION, now.json(seq, document)));
                urgentAt = now.isUrgentAfter(change) ? seq : urgentAt;
            }
            change = now;
            List<Alert> standing = Objects.requireNonNullElse(document.derived().activeAlerts(), List.of());
            if (!standing.equals(alerts)) {
                urgentAt = types(standing).equals(types(alerts)) ? urgentAt : seq; // Else only its figures are newer.
                alerts = standing;
                keep(event(seq, StreamEvent.ALERT, JsonMapper.shared().writeValueAsString(standing)));
            }
            giveTurns(seq);
        } finally {
            lock.unlock();
        }
    }

    private static List<String> types(List<Alert> alerts) {
        return alerts.stream().map(Alert::type).toList();
    }

    private void giveTurns(long seq) {
        long now = turns.now();
        boolean urgent = urgentAt > toldAll && (toldAll < 0 || now - toldAllAt >= TOLD_ALL_AGAIN.toNanos());
        if (urgent || watching <= ALWAYS_TOLD) {
            toldAll = seq;
            toldAllAt = now;
            waiting.forEach(Watch::wake);
            waiting.clear();
            return;
        }
        Iterator<Watch> next = waiting.iterator();
        for (int left = turns.take(waiting.size()); left > 0; left--) {
            next.next().wake();
            next.remove();
        }
    }

    private StreamEvent event(long seq, String type, String json) {
        return StreamEvent.of(bootId, seq, type, json);
    }

    /// Somebody begins to watch, and is told the newest at once; of changes, those from now on.
    Watch join() {
        lock.lock();
        try {
            return watch(-1, newest == null ? -1 : newest.seq);
        } finally {
            lock.unlock();
        }
    }

    /// Somebody comes back, and is told at once what changed meanwhile, and the newest.
    ///
    /// @param seen `seq` of the last that was told; -1 for nothing of this process
    Watch comeBack(long seen) {
        return watch(seen, seen);
    }

    private Watch watch(long seen, long heard) {
        lock.lock();
        try {
            watching++;
            return new Watch(seen, heard);
        } finally {
            lock.unlock();
        }
    }

    /// How long a watcher may hear nothing while all is well: [Turns#signOfLife].
    Duration signOfLife() {
        lock.lock();
        try {
            return turns.signOfLife(watching);
        } finally {
            lock.unlock();
        }
    }

    /// One who watches. For one thread.
    final class Watch implements AutoCloseable {
        private final Condition woken = lock.newCondition();
        private long seen;
        private long heard;
        private boolean due = true;

        private Watch(long seen, long heard) {
            this.seen = seen;
            this.heard = heard;
        }

        private void wake() {
            due = true;
            woken.signal();
        }

        private boolean isNews() {
            return newest != null && newest.seq > seen;
        }

        /// Whether all were told of something while this watcher was busy writing.
        private boolean wasToldToAll() {
            return toldAll > seen;
        }

        /// Waits until there is news and it is this watcher's turn. A turn that did not come within `patience` is
        /// not lost.
        Batch next(Duration patience) throws InterruptedException {
            List<StreamEvent> events = new ArrayList<>();
            Newest news = null;
            boolean open;
            lock.lockInterruptibly();
            try {
                due = isNews() && (due || wasToldToAll());
                if (!due) {
                    waiting.add(this); // Where it already waits, it keeps its place.
                }
                long left = patience.toNanos();
                while (!closed && !due && left > 0) {
                    left = woken.awaitNanos(left);
                }
                if ((due || closed) && isNews()) {
                    changes.reversed().stream()
                            .takeWhile(event -> event.seq() > heard)
                            .forEach(events::addFirst);
                    news = newest;
                    due = false;
                }
                open = !closed;
            } finally {
                lock.unlock();
            }
            if (news != null) {
                events.add(news.snapshot());
                seen = news.seq;
                heard = seen;
            }
            return new Batch(events, open);
        }

        @Override
        public void close() {
            lock.lock();
            try {
                waiting.remove(this);
                watching--;
            } finally {
                lock.unlock();
            }
        }
    }

    /// A document, and what it is as an event once somebody wants it. Not under the stream's lock, for which the
    /// status thread would have to wait.
    private final class Newest {
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
                known = event(seq, StreamEvent.SNAPSHOT, document.toJson().toString());
                snapshot = known;
            }
            return known;
        }
    }

    private void keep(StreamEvent event) {
        changes.addLast(event);
        if (changes.size() > KEPT_CHANGES) {
            changes.removeFirst();
        }
    }

    private static long seq(StatusDocument document) {
        return Objects.requireNonNullElse(document.writer().seq(), 0L);
    }

    /// Tells all watchers that nothing more will come.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(Watch::wake);
        } finally {
            lock.unlock();
        }
    }
}
