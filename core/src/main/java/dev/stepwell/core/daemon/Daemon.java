package dev.stepwell.core.daemon;

import dev.stepwell.core.control.Control;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.Claim;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.Intake;
import dev.stepwell.core.queue.QueueStore;
import dev.stepwell.core.queue.QueuedFile;
import dev.stepwell.core.queue.Retirement;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.FailureType;
import dev.stepwell.core.training.FilePreparer;
import dev.stepwell.core.training.OpenedModel;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingJob;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Trains one model on file after file, as they come, until it is told to stop.
///
/// [#run] makes its caller's thread the training thread. It sleeps while nothing waits, and is woken by the intake, by
/// the queue and by [Control]. [Recovery][dev.stepwell.core.queue.Recovery] has to have run before.
public final class Daemon {
    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    private final BaseDirectory base;
    private final QueueStore store;
    private final Intake intake;
    private final Retirement retirement;
    private final Trainer trainer;
    private final StatusBoard board;
    private final Control control;
    private final Lookahead lookahead;
    private final FaultPoint.Observer faults;
    private final boolean once;
    private final Bell bell = new Bell();
    private final SpaceWait space;
    private long modelStep;

    /// @param preparer told, on a thread of the daemon, of the file that comes next
    /// @param once     whether to end when inbox and queue are empty
    public Daemon(
            BaseDirectory base,
            QueueStore store,
            Intake intake,
            Retirement retirement,
            Trainer trainer,
            StatusBoard board,
            Control control,
            FilePreparer preparer,
            FaultPoint.Observer faults,
            boolean once) {
        this.base = base;
        this.store = store;
        this.intake = intake;
        this.retirement = retirement;
        this.trainer = trainer;
        this.board = board;
        this.control = control;
        this.lookahead = new Lookahead(base, store, preparer);
        this.faults = faults;
        this.once = once;
        this.space = new SpaceWait(base.root(), board, control);
    }

    /// Works until there is a reason to end, which it returns; what it was given to own (intake and trainer) is closed
    /// then. An error is not thrown but returned, after the status says it.
    public DaemonExit run() {
        DaemonExit exit;
        try (trainer;
                intake;
                lookahead) {
            exit = work();
        } catch (InterruptedException _) { // Only while nothing is trained: somebody wants the thread to end.
            Thread.currentThread().interrupt();
            exit = new DaemonExit.Stopped();
        } catch (IOException | RuntimeException | Error e) {
            exit = new DaemonExit.Crashed(e);
        }
        switch (exit) {
            case DaemonExit.Drained _ -> board.state(DaemonState.COMPLETED);
            case DaemonExit.Stopped _ -> board.state(DaemonState.STOPPED);
            case DaemonExit.Aborted(Failure failure) -> board.crashed(failure);
            case DaemonExit.Crashed crashed -> board.crashed(Failure.of(crashed.cause()));
        }
        control.ended(
                switch (exit) {
                    case DaemonExit.Drained _, DaemonExit.Stopped _ -> false;
                    case DaemonExit.Aborted _, DaemonExit.Crashed _ -> true;
                });
        return exit;
    }

    private DaemonExit work() throws IOException, InterruptedException {
        store.onChange(counts -> {
            board.waiting(counts);
            bell.ring();
            lookahead.look();
        });
        board.waiting(store.counts());
        intake.onChange(bell::ring);
        intake.onSpace(new IntakeAlert(base.root(), board));
        control.onSignal(bell::ring);
        lookahead.start();
        intake.start();
        OpenedModel model = trainer.open(board);
        modelStep = model.globalStep();
        board.modelAt(modelStep);
        model.passedOver().forEach(line -> LOG.warn("checkpoint passed over: {}", line));
        LOG.info("model of {} parameters at step {}", model.parameters(), modelStep);
        return loop();
    }

    private DaemonExit loop() throws IOException, InterruptedException {
        while (!control.stopRequested()) {
            control.hold();
            if (control.stopRequested()) {
                break;
            }
            Optional<Claim> claim = next();
            if (claim.isPresent()) {
                switch (train(claim.get())) {
                    case TrainingOutcome.Interrupted _ -> {
                        return new DaemonExit.Stopped();
                    }
                    case TrainingOutcome.Aborted aborted -> {
                        return new DaemonExit.Aborted(new Failure(aborted.type(), aborted.message()));
                    }
                    case TrainingOutcome.Completed _, TrainingOutcome.Skipped _, TrainingOutcome.Failed _ -> {}
                }
                continue;
            }
            intake.check();
            lookahead.check();
            if (once && intake.drained() && store.isDrained()) {
                return new DaemonExit.Drained();
            }
            // Whatever came since the claim has rung; a file in its back-off rings nobody.
            bell.await(store.untilNextReady());
        }
        return new DaemonExit.Stopped();
    }

    private Optional<Claim> next() throws IOException {
        return space.untilDone(() -> store.claim(modelStep, this::claimed, this::idle), Optional.empty());
    }

    private void claimed(Claim claim) {
        lookahead.rest();
        QueuedFile file = claim.file();
        board.fileClaimed(file.name(), file.bytes(), file.expectedTokens(), placeOf(claim), claim.counts());
        control.fileBegan();
    }

    private void idle() {
        if (board.latest().state() != DaemonState.IDLE) {
            board.state(DaemonState.IDLE);
        }
        control.wentOn();
    }

    /// Where a claimed file stands before the trainer has read it: one that goes on has the steps that the weights
    /// already contain.
    private Progress placeOf(Claim claim) {
        long planned = claim.file().plannedSteps();
        long baseStep = Math.min(claim.earlier().baseStep(), modelStep);
        long done = Math.min(modelStep - baseStep, planned);
        return new Progress(baseStep, done, planned, claim.number(), claim.queueSize());
    }

    private TrainingOutcome train(Claim claim) throws IOException {
        String name = claim.file().name();
        LOG.info(
                "file {} of {}: {}{}",
                claim.number(),
                claim.queueSize(),
                claim.file().storedName(),
                format(claim.file()));
        faults.reached(FaultPoint.CLAIMED);
        AttemptObserver observer = new AttemptObserver(claim, board);
        TrainingListener listener = event -> {
            observer.on(event);
            if (event instanceof TrainingEvent.FileStarted) {
                lookahead.goOn();
            } else if (event instanceof TrainingEvent.SpaceFound) {
                control.wentOn();
            }
        };
        Progress place = placeOf(claim);
        FileAttempt begun = new FileAttempt(
                claim.file().id(), name, store.attempts(claim.file().id()), claim.beganAt(), place.baseStep());
        board.attemptBegan(begun);
        // One whose steps are all done only has to be recorded, which killed nobody yet.
        TrainingOutcome outcome = claim.deadly() && place.batchStep() < place.batchTotalSteps()
                ? spared(claim, place, listener)
                : attempt(claim, listener, control);
        lookahead.goOn();
        faults.reached(FaultPoint.TRAINED);
        modelStep = outcome.globalStep();
        // Told to stop meanwhile, it leaves the file in training, and recovery goes on with it at the next start.
        Optional<TrainingOutcome> recorded = space.untilDone(
                () -> Optional.of(retirement.trained(claim, outcome, observer.measures())), Optional.empty());
        switch (outcome) {
            case TrainingOutcome.Completed done ->
                LOG.info("{} rows trained at step {}", done.ledger().rowsTrained(), modelStep);
            case TrainingOutcome.Interrupted _ ->
                LOG.info("interrupted at step {}; goes on at the next start", modelStep);
            case TrainingOutcome.Skipped _ -> LOG.info("skipped at step {}, in archive/ with its report", modelStep);
            case TrainingOutcome.Aborted aborted ->
                LOG.error("cannot go on at step {}: {}: {}", modelStep, aborted.type(), aborted.message());
            case TrainingOutcome.Failed failed -> {
                board.failed(new Failure(failed.type(), name + ": " + failed.message()));
                board.modelAt(modelStep);
            }
        }
        recorded.ifPresent(end -> board.attemptEnded(
                begun.from(observer.measures().baseStep()), AttemptEnd.of(end, observer.measures())));
        control.fileEnded(recorded.isPresent() ? endOf(outcome) : Control.FileEnd.LEFT);
        return outcome;
    }

    private static Control.FileEnd endOf(TrainingOutcome outcome) {
        return switch (outcome) {
            case TrainingOutcome.Skipped _ -> Control.FileEnd.SKIPPED;
            case TrainingOutcome.Interrupted _, TrainingOutcome.Aborted _ -> Control.FileEnd.LEFT;
            case TrainingOutcome.Completed _, TrainingOutcome.Failed _ -> Control.FileEnd.SETTLED;
        };
    }

    /// A file in which the process died too often is not trained. What the weights contain of it says a trainer
    /// that is told to stop before it has read anything.
    private TrainingOutcome spared(Claim claim, Progress place, TrainingListener listener) {
        TrainingOutcome left = attempt(claim, listener, () -> StepControl.Signal.STOP);
        if (!(left instanceof TrainingOutcome.Interrupted)) {
            return left;
        }
        String message = ("the process died %d times in this file, each time after step %d/%d of it (global step %d)"
                        + " and before the next checkpoint; the system's log, or a hs_err_pid*.log where the daemon was"
                        + " started, may say why")
                .formatted(claim.deaths(), place.batchStep(), place.batchTotalSteps(), place.currentStep());
        return new TrainingOutcome.Failed(left.ledger(), FailureType.PROCESS_DIED.word(), message, left.globalStep());
    }

    private TrainingOutcome attempt(Claim claim, TrainingListener listener, StepControl steps) {
        QueuedFile file = claim.file();
        TrainingJob job = new TrainingJob(file.id(), file.name(), file.path(base), counted(file));
        try {
            return trainer.train(job, listener, steps);
        } catch (RuntimeException | Error e) {
            try {
                if (StorageFault.of(e).isPresent()) {
                    store.interrupt(file);
                } else {
                    store.died(file);
                }
            } catch (RuntimeException secondary) { // Recovery does it at the next start.
                e.addSuppressed(secondary);
            }
            throw e;
        }
    }

    private static String format(QueuedFile file) {
        QueuedFile.Rows rows = file.rows();
        return rows == null || rows.format() == null ? "" : ", " + rows.format();
    }

    private RowLedger counted(QueuedFile file) {
        QueuedFile.Rows rows = file.rows();
        return rows == null
                ? new RowLedger(0, 0, 0, 0, List.of())
                : new RowLedger(
                        rows.total(),
                        rows.heldOut(),
                        rows.rejected(),
                        rows.truncated(),
                        0,
                        store.rejections(file.id()));
    }
}
