package dev.stepwell.core.status;

import dev.stepwell.core.progress.FileWork;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state that the training thread hands over after every step. Immutable and cheap to make: what needs
/// computing (ETA, histories, rates) is added by the thread that watches, in [StatusSnapshot]. What a step changes is
/// in one group, so that a step makes that and this record, and shares the rest with the state before.
///
/// @param waiting         what waits in the queue
/// @param transitionCount transitions that led here; tells a reader whether it has heard of all of them
/// @param machine         what the machine is busy with; null until it was looked at
public record LiveStatus(
        Doing doing,
        Training training,
        Evaluations evaluations,
        Trouble trouble,
        QueueCounts waiting,
        long transitionCount,
        @Nullable MachineFigures machine) {

    static final LiveStatus INITIAL = new LiveStatus(
            new Doing(DaemonState.STARTING, null, false),
            new Training(null, null, FileWork.NONE, null, null, null, 0),
            Evaluations.NONE,
            new Trouble(null, null, List.of()),
            QueueCounts.NONE,
            0,
            null);

    /// What the daemon does.
    ///
    /// @param phase    part of the work on a file; null if it has none
    /// @param draining whether [Training#progress] is a place in the drain under way, to which waiting files belong
    public record Doing(DaemonState state, @Nullable Phase phase, boolean draining) {
        Doing next(DaemonState newState, @Nullable Phase newPhase) {
            boolean stillDraining = switch (newState) {
                case TRAINING -> true;
                case PAUSED -> draining; // A daemon that was idle has nothing to count waiting files to.
                case STARTING, IDLE, COMPLETED, STOPPED, CRASHED -> false;
            };
            return new Doing(newState, newPhase, stillDraining);
        }
    }

    /// How far the model and its file are.
    ///
    /// @param modelStep   global step of the weights in memory; null until a model is loaded
    /// @param currentFile the file in training, or the last one; null before the first
    /// @param work        what else is known of it
    /// @param rows        of that file; null until they are read
    /// @param progress    of that file; null before the first
    /// @param step        the newest step of this process; null before the first
    /// @param stepCount   steps done by this process: the position in [StepLog]
    public record Training(
            @Nullable Long modelStep,
            @Nullable String currentFile,
            FileWork work,
            @Nullable Rows rows,
            @Nullable Progress progress,
            @Nullable StepCompleted step,
            long stepCount) {
        private Training withProgress(@Nullable Progress newProgress) {
            return new Training(modelStep, currentFile, work, rows, newProgress, step, stepCount);
        }
    }

    /// What a file holds.
    ///
    /// @param total     rows
    /// @param usable    of them, trained
    /// @param rejected  of them, refused
    /// @param truncated of those that are trained, cut
    public record Rows(long total, long usable, long rejected, long truncated) {
        static Rows of(RowLedger ledger) {
            return new Rows(ledger.rows(), ledger.usable(), ledger.rejected(), ledger.truncated());
        }
    }

    /// What is not as it should be.
    ///
    /// @param failure  the newest error; a later step with a finite loss overtakes it
    /// @param refused  the newest step that was not taken; likewise, and by nothing else
    /// @param standing what a person should look at until it is withdrawn, one of a type, oldest first
    public record Trouble(
            @Nullable Failure failure, @Nullable RefusedStep refused, List<Alert> standing) {
        private Trouble with(@Nullable Failure newFailure) {
            return new Trouble(newFailure, refused, standing);
        }

        private Trouble overtaken() {
            return failure == null && refused == null ? this : new Trouble(null, null, standing);
        }
    }

    /// A step that was not taken because it was not finite.
    ///
    /// @param globalStep   that it would have led to; null if not known
    /// @param loss         of it
    /// @param gradientNorm of it; NaN as well where the loss was not finite
    public record RefusedStep(@Nullable Long globalStep, double loss, double gradientNorm) {}

    public DaemonState state() {
        return doing.state();
    }

    public @Nullable Phase phase() {
        return doing.phase();
    }

    public @Nullable Long modelStep() {
        return training.modelStep();
    }

    public @Nullable String currentFile() {
        return training.currentFile();
    }

    public FileWork work() {
        return training.work();
    }

    public @Nullable Progress progress() {
        return training.progress();
    }

    public @Nullable StepCompleted step() {
        return training.step();
    }

    public long stepCount() {
        return training.stepCount();
    }

    public @Nullable Failure failure() {
        return trouble.failure();
    }

    public @Nullable RefusedStep refused() {
        return trouble.refused();
    }

    public List<Alert> standing() {
        return trouble.standing();
    }

    /// The same after one transition more.
    LiveStatus nextTransition() {
        return new LiveStatus(doing, training, evaluations, trouble, waiting, transitionCount + 1, machine);
    }

    LiveStatus in(DaemonState newState, @Nullable Phase newPhase) {
        return new LiveStatus(
                doing.next(newState, newPhase), training, evaluations, trouble, waiting, transitionCount, machine);
    }

    LiveStatus withModelStep(long globalStep) {
        return with(new Training(globalStep, currentFile(), work(), training.rows(), progress(), step(), stepCount()));
    }

    LiveStatus withFile(String name, FileWork work, @Nullable Progress itsProgress) {
        return with(new Training(modelStep(), name, work, null, itsProgress, step(), stepCount()));
    }

    /// Of the same file, of whose work more is known.
    LiveStatus withWork(FileWork work) {
        return with(new Training(modelStep(), currentFile(), work, training.rows(), progress(), step(), stepCount()));
    }

    LiveStatus withRows(Rows rows) {
        return with(new Training(modelStep(), currentFile(), work(), rows, progress(), step(), stepCount()));
    }

    LiveStatus withProgress(Progress newProgress) {
        return with(new Training(
                newProgress.currentStep(), currentFile(), work(), training.rows(), newProgress, step(), stepCount()));
    }

    LiveStatus withStep(StepCompleted newStep, @Nullable Progress newProgress) {
        Long globalStep = newProgress == null ? modelStep() : (Long) newProgress.currentStep();
        return new LiveStatus(
                doing,
                new Training(globalStep, currentFile(), work(), training.rows(), newProgress, newStep, stepCount() + 1),
                evaluations,
                Double.isFinite(newStep.loss()) ? trouble.overtaken() : trouble,
                waiting,
                transitionCount,
                machine);
    }

    LiveStatus withEvaluations(Evaluations newEvaluations) {
        return new LiveStatus(doing, training, newEvaluations, trouble, waiting, transitionCount, machine);
    }

    LiveStatus withFailure(@Nullable Failure newFailure) {
        return with(trouble.with(newFailure));
    }

    LiveStatus withRefused(RefusedStep step) {
        return with(new Trouble(failure(), step, standing()));
    }

    /// With what waits now; counts older than those already known are ignored, because they arrived out of order.
    LiveStatus withWaiting(QueueCounts counts) {
        if (counts.revision() <= waiting.revision()) {
            return this;
        }
        Progress p = progress();
        Training counted =
                p == null || !doing.draining() ? training : training.withProgress(p.withWaiting(counts.waitingFiles()));
        return new LiveStatus(doing, counted, evaluations, trouble, counts, transitionCount, machine);
    }

    LiveStatus withMachine(MachineFigures figures) {
        return new LiveStatus(doing, training, evaluations, trouble, waiting, transitionCount, figures);
    }

    /// With `alert` in the place of an earlier one of its type, whose beginning it keeps.
    LiveStatus raising(Alert alert, Instant now) {
        Alert earlier = standing().stream()
                .filter(other -> other.type().equals(alert.type()))
                .findFirst()
                .orElse(null);
        return withStanding(Stream.concat(others(alert.type()), Stream.of(alert.following(earlier, now)))
                .toList());
    }

    /// Without the alert of this type.
    LiveStatus withdrawing(String type) {
        return withStanding(others(type).toList());
    }

    private Stream<Alert> others(String type) {
        return standing().stream().filter(other -> !other.type().equals(type));
    }

    private LiveStatus withStanding(List<Alert> alerts) {
        return with(new Trouble(failure(), refused(), alerts));
    }

    private LiveStatus with(Training newTraining) {
        return new LiveStatus(doing, newTraining, evaluations, trouble, waiting, transitionCount, machine);
    }

    private LiveStatus with(Trouble newTrouble) {
        return new LiveStatus(doing, training, evaluations, newTrouble, waiting, transitionCount, machine);
    }
}
