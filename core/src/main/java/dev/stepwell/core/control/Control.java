package dev.stepwell.core.control;

import dev.stepwell.core.control.Effect.Reason;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.StepControl;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The one road by which commands reach the training thread.
///
/// **Concurrency.** Any thread asks; the training thread obeys. What is wanted is kept under one lock, and from
/// it follows the signal, a volatile field: all that the training thread reads between two steps.
///
/// ```
///  any thread         ask ──► wanted: stop, skip, pause ──► signal ◄── read between steps ── trainer
///                      ▲                                                                        │
///                      └───────── Effect ◄── hold, fileEnded, wentOn, ended ◄───────────────────┘
///                                             said when it is so                training thread
/// ```
///
/// Stop comes before skip, skip before pause. A pause stays wanted until it is resumed: a file that is skipped
/// while paused leaves a daemon that is paused between two files. A full disk pauses it, too, but nobody has to
/// resume it then; a pause that is asked for meanwhile takes effect when there is space. A stop cannot be taken
/// back. A pause does not survive the process: the next start trains.
///
/// Every request gets exactly one answer, given on another thread than the training thread, so that nothing which
/// waits for an answer can hold up training. The lock is held for some instructions at a time, and
/// [StatusBoard] is the only thing called inside it.
public final class Control implements StepControl {
    private final StatusBoard board;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final OpenRequests open;

    private volatile Signal signal = Signal.CONTINUE;
    private volatile Runnable wakeDaemon = () -> {};
    private boolean stopWanted;
    private boolean lastFile;
    private boolean skipWanted;
    private boolean pauseWanted;
    /// The training thread waits. If the signal is a pause again before it has the lock, it goes on waiting.
    private boolean waiting;
    /// The board says *paused*.
    private boolean held;
    /// A file is claimed and not settled.
    private boolean inFile;
    /// The file was left half-way by a stop.
    private boolean fileLeft;

    private @Nullable Reason over;

    /// @param board where the state is shown, and read for the answers
    public Control(StatusBoard board) {
        this.board = board;
        this.open = new OpenRequests(board);
    }

    /// Asks for something. Never blocks.
    ///
    /// @return completed when it has taken effect or it is certain that it will not
    public CompletableFuture<Effect> ask(Command command) {
        lock.lock();
        try {
            Optional<Effect> known = considered(command);
            if (known.isPresent()) {
                return CompletableFuture.completedFuture(known.get());
            }
            return open.add(command);
        } finally {
            wantedChanged();
            lock.unlock();
            wakeDaemon.run();
        }
    }

    /// Notes what `command` wants.
    ///
    /// @return the answer, if it is known at once
    private Optional<Effect> considered(Command command) {
        if (over != null) {
            boolean isSo = over == Reason.ENDED && (command == Command.STOP || command == Command.STOP_AFTER_FILE);
            return Optional.of(isSo ? done(command) : refused(command, over));
        }
        return switch (command) {
            case STOP -> {
                stopWanted = true;
                yield Optional.empty();
            }
            case STOP_AFTER_FILE -> {
                lastFile = true;
                stopWanted |= !inFile;
                yield Optional.empty();
            }
            case PAUSE -> pause();
            case RESUME -> resume();
            case SKIP -> skip();
        };
    }

    private Optional<Effect> pause() {
        if (stopWanted) {
            return Optional.of(refused(Command.PAUSE, Reason.STOPPING));
        }
        pauseWanted = true;
        if (!waiting || skipWanted) {
            return Optional.empty();
        }
        open.refuse(Set.of(Command.RESUME), Reason.PAUSED_AGAIN);
        return Optional.of(done(Command.PAUSE));
    }

    private Optional<Effect> resume() {
        if (stopWanted) {
            return Optional.of(refused(Command.RESUME, Reason.STOPPING));
        }
        // Paused, and not held: for want of space, which awaitSpace() or wentOn() then answers for.
        boolean paused = held || board.latest().state() == DaemonState.PAUSED;
        if (!pauseWanted && !paused) {
            return Optional.of(refused(Command.RESUME, Reason.NOT_PAUSED));
        }
        pauseWanted = false;
        open.refuse(Set.of(Command.PAUSE), Reason.RESUMED);
        return paused ? Optional.empty() : Optional.of(done(Command.RESUME));
    }

    private Optional<Effect> skip() {
        if (stopWanted) {
            return Optional.of(refused(Command.SKIP, Reason.STOPPING));
        }
        if (!inFile) {
            return Optional.of(refused(Command.SKIP, Reason.NOTHING_TO_SKIP));
        }
        skipWanted = true;
        return Optional.empty();
    }

    private void wantedChanged() {
        if (stopWanted) {
            signal = Signal.STOP;
        } else if (skipWanted) {
            signal = Signal.SKIP;
        } else {
            signal = pauseWanted ? Signal.PAUSE : Signal.CONTINUE;
        }
        changed.signalAll();
    }

    /// Names what to call, from the thread that asks, when there is something to obey and nothing is being trained.
    /// Must not block. What was asked before is not told: look after calling this.
    public void onSignal(Runnable wake) {
        wakeDaemon = wake;
    }

    public boolean stopRequested() {
        return signal == Signal.STOP;
    }

    @Override
    public Signal signal() {
        return signal;
    }

    /// Waits while a pause is wanted and nothing else, with the state *paused* on the board; at once otherwise.
    /// Also between files, where *paused* then stays on the board until [StatusBoard] is told of something else.
    ///
    /// An interrupt of the thread means that somebody wants it to end: a stop.
    @Override
    public void hold() {
        lock.lock();
        try {
            if (signal != Signal.PAUSE) {
                return;
            }
            Phase phase = board.latest().phase();
            if (board.latest().state() != DaemonState.PAUSED) {
                board.state(DaemonState.PAUSED);
            }
            held = true;
            open.done(EnumSet.of(Command.PAUSE), inFile);
            waiting = true;
            awaitAnotherSignal();
            waiting = false;
            if (inFile && signal == Signal.CONTINUE) {
                board.wentOn(phase);
                wentOn();
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitAnotherSignal() {
        while (signal == Signal.PAUSE) {
            try {
                changed.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                stopWanted = true;
                wantedChanged();
            }
        }
    }

    /// Waits while the disk is full, with the state *paused* on the board. A resume, which cannot make space, has
    /// it tried at once: it is answered by [#wentOn] where that helps, and refused here where it does not.
    @Override
    public boolean awaitSpace(Duration atMost) {
        lock.lock();
        try {
            open.refuse(EnumSet.of(Command.RESUME), Reason.NO_SPACE);
            long left = atMost.toNanos();
            while (left > 0 && signal != Signal.STOP && !open.holds(Command.RESUME)) {
                left = changed.awaitNanos(left);
            }
            return open.holds(Command.RESUME);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // Seen by whoever waits for space: it is a stop.
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// The board does not say *paused* any more, if it did. Called by the training thread.
    public void wentOn() {
        lock.lock();
        try {
            held = false;
            open.done(EnumSet.of(Command.RESUME), inFile);
        } finally {
            lock.unlock();
        }
    }

    /// A file is claimed, and the board says so. Called by the training thread.
    public void fileBegan() {
        lock.lock();
        try {
            inFile = true;
            wentOn();
        } finally {
            lock.unlock();
        }
    }

    /// The claimed file is settled, or put back. Called by the training thread.
    ///
    /// @param end how it was left
    public void fileEnded(FileEnd end) {
        lock.lock();
        try {
            inFile = false;
            fileLeft = end == FileEnd.LEFT;
            switch (end) {
                case SKIPPED -> open.done(EnumSet.of(Command.SKIP), false);
                case SETTLED -> open.refuse(EnumSet.of(Command.SKIP), Reason.FILE_ENDED);
                case LEFT -> open.refuse(EnumSet.of(Command.SKIP), Reason.STOPPING);
            }
            skipWanted = false;
            stopWanted |= lastFile;
            wantedChanged();
        } finally {
            lock.unlock();
        }
    }

    /// How a file leaves the training thread's hands.
    public enum FileEnd {
        SKIPPED,
        /// Completed or failed.
        SETTLED,
        /// Interrupted: it goes on at the next start.
        LEFT
    }

    /// Nothing will be obeyed any more, and the board says how it ended. Called by the training thread, last.
    ///
    /// @param crashed whether by an error
    public void ended(boolean crashed) {
        lock.lock();
        try {
            over = crashed ? Reason.CRASHED : Reason.ENDED;
            if (!crashed) {
                open.done(EnumSet.of(Command.STOP, Command.STOP_AFTER_FILE), fileLeft);
            }
            open.refuse(EnumSet.allOf(Command.class), over);
        } finally {
            lock.unlock();
        }
    }

    private Effect done(Command command) {
        return new Effect.Done(command, board.latest(), inFile || fileLeft);
    }

    private Effect refused(Command command, Reason reason) {
        return new Effect.Refused(command, reason, board.latest());
    }
}
