package dev.stepwell.core.status;

import dev.stepwell.core.progress.FileWork;
import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Where the daemon says what happens and where those who watch find it.
///
/// **Concurrency.** Writers are the training thread and the intake; there is one reader, the [StatusPublisher].
///
/// ```
///  training thread ── step ───────► slot (compare-and-set, latest wins) ─────────┐
///                  ── transition ─► slot, and a copy in the transitions (FIFO) ──┤─► publisher ─► file, displays
///  intake          ── counts ─────► slot ────────────────────────────────────────┘
/// ```
///
/// A step costs a few small objects and one compare-and-set: no lock, no I/O, nobody is woken. A transition takes a
/// short lock that only other transitions contend for, so that the order of the copies is the order of the changes,
/// and wakes the publisher, as new counts do. The reader takes no lock, so that nothing it does can hold up a writer.
public final class StatusBoard implements TrainingListener {
    private static final int KEPT_STEPS = 4_096;

    private final AtomicReference<LiveStatus> slot = new AtomicReference<>(LiveStatus.INITIAL);
    private final Queue<Transition> transitions = new ConcurrentLinkedQueue<>();
    private final StepLog steps = new StepLog(KEPT_STEPS);
    private final Object transitionOrder = new Object();
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private volatile Runnable wakePublisher = () -> {};
    private long claimedAt; // The training thread's, as the next.
    private long pausedAt;

    public StatusBoard() {
        this(InstantSource.system(), System::nanoTime);
    }

    /// @param clock    tells when a transition happened
    /// @param nanoTime measures how long a file is prepared, whatever happens to the clock; in nanoseconds
    public StatusBoard(InstantSource clock, LongSupplier nanoTime) {
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// A change that every reader of the status file must be able to see.
    ///
    /// @param at    when it happened
    /// @param nanos the same, as measured by `nanoTime`
    /// @param after the state it led to
    /// @param phase whose time `took` is; null if it has none
    /// @param took  how long preparing, the evaluation or the save took
    /// @param news  what it says of an attempt at a file; null if nothing
    record Transition(
            Instant at,
            long nanos,
            LiveStatus after,
            @Nullable Phase phase,
            Duration took,
            @Nullable AttemptNews news) {}

    /// The newest state.
    public LiveStatus latest() {
        return slot.get();
    }

    StepLog steps() {
        return steps;
    }

    /// Now, on the clock of [Transition#nanos].
    long nanos() {
        return nanoTime.getAsLong();
    }

    @Nullable
    Transition nextTransition() {
        return transitions.poll();
    }

    /// Names what to call when there is something to publish soon, from the thread that made it. Must not block.
    void onChange(Runnable wake) {
        wakePublisher = wake;
    }

    /// The model is loaded, or has other weights now.
    public void modelAt(long globalStep) {
        change(s -> s.withModelStep(globalStep));
    }

    /// The daemon does something else now.
    public void state(DaemonState state) {
        if (state == DaemonState.PAUSED) {
            pausedAt = nanoTime.getAsLong();
        }
        change(s -> s.in(state, null));
    }

    /// Training goes on after a pause, with what it was busy with before.
    public void wentOn(@Nullable Phase phase) {
        claimedAt += nanoTime.getAsLong() - pausedAt; // A pause is no part of the time a file takes to prepare.
        change(s -> s.in(DaemonState.TRAINING, phase));
    }

    /// The turn of a file has come whose tokens nobody has looked at.
    public void fileClaimed(String name, long bytes, Progress progress, QueueCounts counts) {
        fileClaimed(name, bytes, 0, progress, counts);
    }

    /// A file's turn has come.
    ///
    /// @param bytes    its size
    /// @param expected tokens in all passes over it, by a sample of its rows; 0 if there is none
    /// @param progress its place, with the steps counted when it was queued; the trainer's own plan follows
    public void fileClaimed(String name, long bytes, long expected, Progress progress, QueueCounts counts) {
        claimedAt = nanoTime.getAsLong();
        change(s -> claimed(s, name, s.work().next(bytes, expected), progress, counts));
    }

    private static LiveStatus claimed(LiveStatus s, String name, FileWork work, Progress progress, QueueCounts counts) {
        // Counts that are newer than the claim's may be known already; they are the ones that hold.
        LiveStatus counted = s.withWaiting(counts);
        return counted.in(DaemonState.TRAINING, Phase.PREPARING)
                .withFile(name, work, progress.withWaiting(counted.waiting().waitingFiles()));
    }

    /// An attempt at the file that was claimed begins, or goes on after an interruption.
    public void attemptBegan(FileAttempt attempt) {
        change(s -> s, null, Duration.ZERO, new AttemptNews.Began(attempt));
    }

    /// It has ended, and the queue knows.
    public void attemptEnded(FileAttempt attempt, AttemptEnd end) {
        change(s -> s, null, Duration.ZERO, new AttemptNews.Ended(attempt, end));
    }

    /// The daemon or a file failed; what was true before stays shown.
    public void failed(Failure failure) {
        change(s -> s.withFailure(failure));
    }

    /// The process ends by an error of its own.
    public void crashed(Failure failure) {
        change(s -> s.withFailure(failure).in(DaemonState.CRASHED, s.phase()));
    }

    /// Shows `alert`, in the place of one of the same type, until it is withdrawn. From any thread.
    public void raise(Alert alert) {
        change(s -> s.raising(alert, clock.instant()));
    }

    /// What the alert of this type said is over; nothing happens if there is none. From any thread.
    public void withdraw(String type) {
        if (latest().standing().stream().anyMatch(alert -> alert.type().equals(type))) {
            change(s -> s.withdrawing(type));
        }
    }

    /// Work waits for space on the disk: shown as paused, with `shortage` as the failure and as an alert.
    public void waitingForSpace(Failure shortage) {
        change(s -> s.in(DaemonState.PAUSED, s.phase())
                .withFailure(shortage)
                .raising(
                        new Alert(Alert.DISK_FULL, Severity.CRITICAL, shortage.message(), s.modelStep()),
                        clock.instant()));
    }

    /// There is space again, and work goes on in the state `before`, unless the work that waited has led to
    /// another.
    public void spaceFound(DaemonState before) {
        change(s -> (s.state() == DaemonState.PAUSED ? s.in(before, s.phase()) : s)
                .withFailure(null)
                .withdrawing(Alert.DISK_FULL));
    }

    /// Other files wait now. Not a transition: many files may arrive in a second.
    public void waiting(QueueCounts counts) {
        slot.updateAndGet(s -> s.withWaiting(counts));
        wakePublisher.run();
    }

    /// The machine was looked at. Published with whatever is published next: nobody is woken for it. From any thread.
    public void machine(MachineFigures figures) {
        slot.updateAndGet(s -> s.withMachine(figures));
    }

    @Override
    public void on(TrainingEvent event) {
        switch (event) {
            case TrainingEvent.StepCompleted step -> step(step);
            case TrainingEvent.PhaseChanged e -> change(s -> s.in(s.state(), e.phase()));
            case TrainingEvent.FileRead e -> change(s -> s.withRows(LiveStatus.Rows.of(e.ledger())));
            case TrainingEvent.FileStarted e ->
                change(s -> started(s, e), Phase.PREPARING, Duration.ofNanos(nanoTime.getAsLong() - claimedAt));
            case TrainingEvent.TokensCounted e ->
                change(s -> s.withWork(s.work().counted(e.count().tokens() * e.passes())));
            case TrainingEvent.ExamForeseen e -> change(s -> s.withWork(s.work().foreseen(e.exam())));
            case TrainingEvent.PreviewGenerated e ->
                change(s -> s.withEvaluations(s.evaluations().with(e.preview())));
            case TrainingEvent.Evaluated e ->
                change(s -> s.withEvaluations(s.evaluations().with(e.evaluation())));
            case TrainingEvent.EvaluationFinished e -> {
                ForeseenExam next = e.next();
                change(s -> next == null ? s : s.withWork(s.work().examined(next)), Phase.EVALUATING, e.took());
                withdraw(Alert.EVALUATION_FAILED);
            }
            case TrainingEvent.EvaluationFailed e ->
                change(s -> s.raising(Alert.evaluationFailed(e.reason(), s.modelStep()), clock.instant()));
            case TrainingEvent.CheckpointSaved e -> change(s -> s, Phase.SAVING, e.took());
            case TrainingEvent.WaitingForSpace e -> waitingForSpace(Failure.of(e.space()));
            case TrainingEvent.SpaceFound _ -> spaceFound(DaemonState.TRAINING);
            case TrainingEvent.MicroBatchHalved e ->
                change(s -> s.raising(Alert.memoryShort(e, s.modelStep()), clock.instant()));
            case TrainingEvent.StepRefused e -> change(s -> refused(s, e));
            case TrainingEvent.RolledBack e -> change(s -> rolledBack(s, e));
        }
    }

    private void step(TrainingEvent.StepCompleted step) {
        // Logged first, so that whoever sees the new count finds the step. Only this thread changes the count.
        steps.append(slot.get().stepCount(), step);
        LiveStatus before;
        LiveStatus after;
        do {
            before = slot.get();
            Progress progress = before.progress();
            after = before.withStep(step, progress == null ? null : progress.atStep(step.batchStep()));
        } while (!slot.compareAndSet(before, after));
    }

    private static LiveStatus started(LiveStatus s, TrainingEvent.FileStarted e) {
        Progress claimed = s.progress();
        if (claimed == null) {
            throw new IllegalStateException("a file started that was not claimed");
        }
        return s.withProgress(new Progress(
                e.baseStep(), e.batchStep(), e.batchTotalSteps(), claimed.batchNumber(), claimed.batchQueueSize()));
    }

    private static LiveStatus refused(LiveStatus s, TrainingEvent.StepRefused e) {
        Progress progress = s.progress();
        Long globalStep = progress == null ? null : (Long) (progress.baseStep() + e.batchStep());
        return s.withRefused(new LiveStatus.RefusedStep(globalStep, e.loss(), e.gradientNorm()));
    }

    /// The numbers go back with the weights: a step that the weights do not contain is not done.
    private static LiveStatus rolledBack(LiveStatus s, TrainingEvent.RolledBack e) {
        Failure failure = new Failure(
                "RolledBack",
                "The weights are those of step %d again, not of step %d: %s"
                        .formatted(e.toStep(), e.fromStep(), e.reason()));
        Progress p = s.progress();
        if (p == null || e.toStep() > p.totalSteps()) {
            return s.withModelStep(e.toStep()).withFailure(failure);
        }
        Progress back = e.toStep() >= p.baseStep()
                ? p.atStep(e.toStep() - p.baseStep())
                : new Progress(e.toStep(), 0, p.batchTotalSteps(), p.batchNumber(), p.batchQueueSize());
        return s.withProgress(back).withFailure(failure);
    }

    private void change(UnaryOperator<LiveStatus> change) {
        change(change, null, Duration.ZERO);
    }

    private void change(UnaryOperator<LiveStatus> change, @Nullable Phase phase, Duration took) {
        change(change, phase, took, null);
    }

    private void change(
            UnaryOperator<LiveStatus> change, @Nullable Phase phase, Duration took, @Nullable AttemptNews news) {
        synchronized (transitionOrder) {
            LiveStatus after = slot.updateAndGet(s -> change.apply(s).nextTransition());
            transitions.add(new Transition(clock.instant(), nanoTime.getAsLong(), after, phase, took, news));
        }
        wakePublisher.run();
    }
}
