package dev.stepwell.core.status;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Decides what is written when. Knows no thread: whoever drives it calls [#tick] and comes back when told to.
///
/// ```
///  transition        every one, in order, as soon as ticked
///  anything else     the newest state, at the pace of [SamplePace], at most every 100 ms
///  nothing           the same state with a new seq and heartbeat, and whatever alert has become due, every heartbeat
///                    interval
/// ```
///
/// What cannot be written waits in `backlog`, in order: all transitions (up to [#MAX_BACKLOG], for a disk may stay full
/// for days), and behind them only the newest of the other states. Who watches is told at once: whoever looks at the
/// dashboard while the disk is full wants to know just that.
final class StatusFeed {
    static final int MAX_BACKLOG = 1_024;

    private final StatusBoard board;
    private final SnapshotAssembler assembler;
    private final InstantSource clock;
    private final Duration heartbeat;
    private final Sink sink;
    private final Outage outage;
    private final SamplePace pace;
    private final Deque<Entry> backlog = new ArrayDeque<>();

    private volatile StatusSnapshot latest;
    private long toldSeq;
    private long transitionsHeard;
    private long assembledAt;
    private long triedAt;

    /// Where documents go.
    @FunctionalInterface
    interface Sink {
        /// Writes `document`.
        ///
        /// @param transition whether the document tells of a change of state
        void write(StatusDocument document, boolean transition) throws IOException;

        /// Hears of `document`: of each once, in order, before it is written and whether or not it can be.
        ///
        /// @param transition whether the document tells of a change of state
        default void tell(StatusDocument document, boolean transition) {}
    }

    private record Entry(StatusSnapshot snapshot, boolean transition) {}

    /// @param now nanoseconds of the clock that [#tick] is called with
    StatusFeed(
            StatusBoard board,
            SnapshotAssembler assembler,
            InstantSource clock,
            Duration heartbeat,
            Sink sink,
            Outage outage,
            SamplePace pace,
            long now) {
        this.board = board;
        this.assembler = assembler;
        this.clock = clock;
        this.heartbeat = heartbeat;
        this.sink = sink;
        this.outage = outage;
        this.pace = pace;
        StatusSnapshot first = drainTransitions(now);
        latest = first == null ? assembler.of(board.latest(), clock.instant(), now) : first;
        if (first == null) {
            backlog.add(new Entry(latest, true));
        }
        assembledAt = now;
        triedAt = now;
    }

    /// The newest snapshot, whether it could be written or not. From any thread.
    StatusSnapshot latest() {
        return latest;
    }

    /// Writes what is due.
    ///
    /// @param now nanoseconds; only differences matter
    /// @return after how many nanoseconds to come back, unless something changes before
    long tick(long now) {
        pace.during(() -> work(now));
        return untilNext(now);
    }

    /// @return whether there was something to write
    private boolean work(long now) {
        collect(now, now - assembledAt >= pace.intervalNanos());
        if (backlog.isEmpty() && now - triedAt >= heartbeat.toNanos()) {
            add(assembler.again(latest, clock.instant(), now), now);
        }
        boolean due = !backlog.isEmpty();
        writeBacklog(now);
        return due;
    }

    /// Writes all there is, due or not.
    void flush(long now) {
        collect(now, true);
        writeBacklog(now);
    }

    private void collect(long now, boolean sampleDue) {
        if (drainTransitions(now) != null) {
            assembledAt = now;
        }
        LiveStatus live = board.latest();
        // A state that a transition led to which is not in the queue yet must not overtake it.
        boolean heardOfAll = live.transitionCount() == transitionsHeard;
        if (sampleDue && heardOfAll && isNew(live)) {
            add(assembler.of(live, clock.instant(), now), now);
        }
    }

    @SuppressWarnings("ReferenceEquality") // Every change makes another object; comparing contents is work for nothing.
    private boolean isNew(LiveStatus live) {
        return live != latest.live();
    }

    private @Nullable StatusSnapshot drainTransitions(long now) {
        StatusSnapshot newest = null;
        for (var next = board.nextTransition(); next != null; next = board.nextTransition()) {
            newest = assembler.after(next, now);
            transitionsHeard = next.after().transitionCount();
            append(new Entry(newest, true), now);
        }
        if (newest != null) {
            latest = newest;
        }
        return newest;
    }

    private void add(StatusSnapshot snapshot, long now) {
        append(new Entry(snapshot, false), now);
        latest = snapshot;
        assembledAt = now;
    }

    private void append(Entry entry, long now) {
        Entry tail = backlog.peekLast();
        if (tail != null && !tail.transition()) {
            backlog.removeLast();
        }
        if (backlog.size() == MAX_BACKLOG) {
            writeBacklog(now);
        }
        if (backlog.size() == MAX_BACKLOG) {
            backlog.removeFirst();
            outage.lost();
        }
        backlog.addLast(entry);
    }

    private void writeBacklog(long now) {
        if (backlog.isEmpty()) {
            return;
        }
        triedAt = now;
        for (Entry next = backlog.peekFirst(); next != null; next = backlog.peekFirst()) {
            try {
                StatusDocument document = document(next);
                tell(next, document);
                sink.write(document, next.transition());
            } catch (IOException e) {
                outage.began(e);
                backlog.stream().filter(this::isUntold).toList().forEach(entry -> tell(entry, document(entry)));
                return;
            } catch (RuntimeException e) {
                // One document that cannot be made must not hold up all that follow.
                outage.began(e);
                outage.lost();
            }
            backlog.removeFirst();
        }
        outage.over();
    }

    private StatusDocument document(Entry entry) {
        return StatusDocument.of(entry.snapshot(), clock.instant(), heartbeat);
    }

    private boolean isUntold(Entry entry) {
        return entry.snapshot().seq() > toldSeq;
    }

    private void tell(Entry entry, StatusDocument document) {
        if (isUntold(entry)) {
            toldSeq = entry.snapshot().seq();
            sink.tell(document, entry.transition());
        }
    }

    private long untilNext(long now) {
        long untilHeartbeat = heartbeat.toNanos() - (now - triedAt);
        boolean stepsMayCome = board.latest().state() == DaemonState.TRAINING;
        if (!stepsMayCome && !isNew(board.latest())) {
            return Math.max(1, untilHeartbeat);
        }
        long interval = pace.intervalNanos();
        long untilSample = interval - (now - assembledAt);
        // A state that has not changed since its sample is due is looked at again one interval later.
        return Math.max(1, Math.min(untilHeartbeat, untilSample > 0 ? untilSample : interval));
    }
}
