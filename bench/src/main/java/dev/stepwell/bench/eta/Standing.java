package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToLongFunction;

/// Where a drain stands after the lines so far: what anybody knows who shows its progress.
final class Standing {
    private final Map<Long, DrainLine.Arrived> waiting = new LinkedHashMap<>();
    private final Map<Long, DrainLine.Arrived> known = new HashMap<>();
    private final Map<Long, Long> stepsDone = new HashMap<>();
    private long file;
    private long total;
    private long restored;
    private int claims;
    private double fileSince;
    private double drainSince;
    private long doneHere;
    private boolean inFile;
    private boolean open;
    private boolean paused;

    void on(Drain.Entry entry) {
        switch (entry.line()) {
            case DrainLine.Boot _ -> {
                waiting.clear();
                inFile = false;
                doneHere = 0;
                drainSince = Double.NaN;
            }
            case DrainLine.Arrived arrived -> {
                known.put(arrived.file(), arrived);
                waiting.put(arrived.file(), arrived);
            }
            case DrainLine.Claimed claimed -> {
                waiting.remove(claimed.file());
                file = claimed.file();
                total = arrived().steps();
                claims += inFile || !stepsDone.containsKey(file) ? 1 : 0;
                restored = stepsDone.computeIfAbsent(file, _ -> 0L);
                inFile = true;
                open = false;
                fileSince = entry.millis();
                drainSince = Double.isNaN(drainSince) ? entry.millis() : drainSince;
            }
            case DrainLine.Started started -> {
                total = started.total();
                restored = started.done();
                stepsDone.put(file, restored); // Steps that a kill lost are done again.
                fileSince = entry.millis();
            }
            case DrainLine.Tokens _ -> open = true;
            case DrainLine.Step _ -> {
                stepsDone.merge(file, 1L, Long::sum);
                doneHere++;
            }
            case DrainLine.Paused _ -> paused = true;
            case DrainLine.Resumed _ -> paused = false;
            case DrainLine.Over _ -> inFile = false;
            case DrainLine.Turned _,
                    DrainLine.Evaluated _,
                    DrainLine.Examined _,
                    DrainLine.Foreseen _,
                    DrainLine.Saved _,
                    DrainLine.Ended _,
                    DrainLine.Others _ -> {}
        }
    }

    /// Whether a file is worked on, so that there is a time left.
    boolean isWorking() {
        return inFile && !paused;
    }

    long file() {
        return file;
    }

    /// Whether its rows are read.
    boolean isOpen() {
        return open;
    }

    /// The file's size and rows, as they were counted when it was queued.
    DrainLine.Arrived arrived() {
        return Objects.requireNonNull(known.get(file), "a file that never arrived");
    }

    Iterable<DrainLine.Arrived> waiting() {
        return waiting.values();
    }

    /// What waits, as the queue counts it.
    QueueCounts waitingCounts(long revision) {
        return new QueueCounts(
                revision,
                waiting.size(),
                waitingSteps(),
                waitingSum(DrainLine.Arrived::bytes),
                waitingSum(DrainLine.Arrived::tokens),
                waitingSum(file -> file.tokens() > 0 ? file.bytes() : 0),
                0);
    }

    private long waitingSteps() {
        return waitingSum(DrainLine.Arrived::steps);
    }

    private long waitingSum(ToLongFunction<DrainLine.Arrived> number) {
        return waiting.values().stream().mapToLong(number).sum();
    }

    Progress progress() {
        return new Progress(0, done(), total, claims, claims + waiting.size());
    }

    /// Steps of the file that are done, in this process or one before.
    long done() {
        return stepsDone.getOrDefault(file, 0L);
    }

    /// Of them, those in this process.
    long doneHere() {
        return done() - restored;
    }

    long left() {
        return total - done();
    }

    /// Steps of the drain in this process.
    long drainDoneHere() {
        return doneHere;
    }

    /// Steps of the drain in all processes.
    long drainDone() {
        return stepsDone.values().stream().mapToLong(Long::longValue).sum();
    }

    long drainLeft() {
        return left() + waitingSteps();
    }

    /// When work on the file began, in milliseconds since the process started.
    double fileSince() {
        return fileSince;
    }

    /// When work on the first file of this process began.
    double drainSince() {
        return drainSince;
    }
}
