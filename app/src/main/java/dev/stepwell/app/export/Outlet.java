package dev.stepwell.app.export;

import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What waits for one sink. The status thread puts it down under a short lock; the thread of [Exports] writes it.
///
/// **A sink that cannot be written** costs no step: an alert stands, and what is measured waits in memory, up to
/// [#MAX_WAITING_BYTES]; the oldest go first.
final class Outlet {
    static final long MAX_WAITING_BYTES = 16L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    private static final int AT_ONCE = 1_000;

    private final Sink sink;
    private final StatusBoard board;
    private final Object lock = new Object();
    private final Deque<Measured> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private long lost;
    private boolean failing; // The writing thread's own, and its closer's once that has ended.

    Outlet(Sink sink, StatusBoard board) {
        this.sink = sink;
        this.board = board;
    }

    void add(Measured measured) {
        synchronized (lock) {
            waiting.addLast(measured);
            waitingBytes += measured.weight();
            shed();
        }
    }

    /// Writes all that waits, as far as it can be written now.
    void write() {
        for (List<Measured> batch = taken(); !batch.isEmpty(); batch = taken()) {
            try {
                int done = sink.write(batch);
                putBack(batch.subList(done, batch.size()));
                over();
            } catch (IOException | UncheckedIOException e) {
                putBack(batch);
                began(e);
                return;
            } catch (RuntimeException e) {
                // A mistake of ours must not end the thread, nor come back with the same measurements for ever.
                LOG.error("{} measurements could not be put into {}", batch.size(), sink.place(), e);
                began(e);
            }
        }
    }

    /// Writes what waits, and closes the files.
    void close() {
        write();
        if (failing) {
            LOG.warn("The last measurements are not in {}: see the alert before.", sink.place());
        }
        try {
            sink.close();
        } catch (IOException e) {
            LOG.warn("{} could not be closed: {}", sink.place(), e.toString());
        }
    }

    private List<Measured> taken() {
        List<Measured> batch = new ArrayList<>();
        synchronized (lock) {
            while (batch.size() < AT_ONCE && !waiting.isEmpty()) {
                Measured next = waiting.removeFirst();
                waitingBytes -= next.weight();
                batch.add(next);
            }
        }
        return batch;
    }

    private void putBack(List<Measured> batch) {
        synchronized (lock) {
            for (Measured measured : batch.reversed()) {
                waiting.addFirst(measured);
                waitingBytes += measured.weight();
            }
            shed();
        }
    }

    private void shed() {
        while (waitingBytes > MAX_WAITING_BYTES && waiting.size() > 1) {
            waitingBytes -= waiting.removeFirst().weight();
            lost++;
        }
    }

    private void began(Exception cause) {
        if (failing) {
            return;
        }
        failing = true;
        board.raise(new Alert(
                sink.alertType(),
                Severity.WARNING,
                "%s cannot be written: %s. What is measured waits in memory; training goes on."
                        .formatted(sink.place(), cause),
                null,
                StorageFault.of(cause)
                        .map(fault -> fault.remedy() + "; it goes on by itself")
                        .orElse(null),
                null,
                board.latest().modelStep()));
    }

    private void over() {
        if (!failing) {
            return;
        }
        failing = false;
        board.withdraw(sink.alertType());
        long gone;
        synchronized (lock) {
            gone = lost;
            lost = 0;
        }
        LOG.info("{} can be written again. Measurements given up meanwhile: {}.", sink.place(), gone);
    }
}
