package dev.stepwell.core.status;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What a daemon and its trainer tell the board over some drains, without a queue or a model.
final class SimulatedDaemon {
    enum Action {
        ARRIVE,
        /// As `ARRIVE`, but the counts reach the board only with the next `DELIVER`.
        ARRIVE_UNHEARD,
        DELIVER,
        STEP,
        STEP_NOT_FINITE,
        PREVIEW,
        EVALUATE,
        SAVE,
        FAIL_AND_RETRY,
        FAIL_FOR_GOOD,
        CRASH
    }

    private final ManualTime time;
    private final Deque<Long> waiting = new ArrayDeque<>();
    private final List<QueueCounts> unheard = new ArrayList<>();
    private StatusBoard board;
    private long revision;
    private int drain;
    private int begun;
    private boolean inFile;
    private long base;
    private long done;
    private long total;
    private long savedDone;
    private int files;

    SimulatedDaemon(ManualTime time) {
        this.time = time;
        board = start();
    }

    StatusBoard board() {
        return board;
    }

    /// Which drain it is in, from 1; the last one while idle.
    int drain() {
        return drain;
    }

    boolean inFile() {
        return inFile;
    }

    long filesBegun() {
        return files;
    }

    void act(Action action, int size) {
        switch (action) {
            case ARRIVE -> {
                waiting.add((long) size);
                board.waiting(counts());
                claimIfFree();
            }
            case ARRIVE_UNHEARD -> {
                waiting.add((long) size);
                unheard.add(counts());
                claimIfFree();
            }
            case DELIVER -> {
                unheard.reversed().forEach(board::waiting);
                unheard.clear();
            }
            case STEP -> step(1.0);
            case STEP_NOT_FINITE -> step(Double.NaN);
            case PREVIEW -> board.on(Fixtures.preview(base + done, size % 2 == 0 ? "golden" : "wrong"));
            case EVALUATE -> board.on(new TrainingEvent.EvaluationFinished(Duration.ofMillis(size), null));
            case SAVE -> save();
            case FAIL_AND_RETRY -> fail(true);
            case FAIL_FOR_GOOD -> fail(false);
            case CRASH -> crash();
        }
    }

    private void step(double loss) {
        if (!inFile) {
            return;
        }
        time.advance(Duration.ofMillis(30));
        board.on(Fixtures.step(++done, loss));
        if (done == total) {
            save();
            finish();
        }
    }

    private void save() {
        if (inFile) {
            savedDone = done;
            board.on(new TrainingEvent.CheckpointSaved(base + done, Path.of("checkpoint"), Duration.ofMillis(40)));
        }
    }

    private void fail(boolean retry) {
        if (!inFile) {
            return;
        }
        board.on(new TrainingEvent.RolledBack(base + done, base + savedDone, "loss is not finite"));
        done = savedDone;
        if (retry) {
            waiting.add(total);
            board.waiting(counts());
        }
        board.failed(new Failure("NonFiniteLoss", "file failed"));
        finish();
    }

    private void finish() {
        base += done;
        done = 0;
        savedDone = 0;
        inFile = false;
        if (waiting.isEmpty()) {
            board.state(DaemonState.IDLE);
        }
        claimIfFree();
    }

    private void claimIfFree() {
        Long next = inFile ? null : waiting.poll();
        if (next == null) {
            return;
        }
        if (board.latest().state() != DaemonState.TRAINING) {
            drain++;
            begun = 0;
        }
        begun++;
        files++;
        inFile = true;
        done = 0;
        savedDone = 0;
        total = next;
        begin();
    }

    private void begin() {
        board.fileClaimed(
                "file_" + files, 1_000, new Progress(base, done, total, begun, begun + waiting.size()), counts());
        time.advance(Duration.ofMillis(5));
        board.on(new TrainingEvent.FileStarted(base, done, total));
        board.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
    }

    /// A new process finds the queue as it was and the weights of the last checkpoint.
    private void crash() {
        unheard.clear();
        done = savedDone;
        board = start();
        board.waiting(counts());
        if (inFile) {
            begin();
        } else {
            board.state(DaemonState.IDLE);
        }
    }

    private StatusBoard start() {
        StatusBoard started = new StatusBoard(time, time::nanos);
        started.modelAt(base + done);
        return started;
    }

    private QueueCounts counts() {
        return new QueueCounts(
                ++revision,
                waiting.size(),
                waiting.stream().mapToLong(Long::longValue).sum(),
                waiting.size() * 1_000L);
    }
}
