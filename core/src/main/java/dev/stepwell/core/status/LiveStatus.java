package dev.stepwell.core.status;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The state that the training thread hands over after every step. Immutable and cheap to make: what needs
/// computing (ETA, histories, rates) is added by the thread that watches, in [StatusSnapshot].
///
/// @param modelStep       global step of the weights in memory; null until a model is loaded
/// @param currentFile     the file in training, or the last one; null before the first
/// @param progress        of that file; null before the first
/// @param step            the newest step of this process; null before the first
/// @param failure         the newest error; a later step with a finite loss overtakes it
/// @param standing        what a person should look at until it is withdrawn, one of a type, oldest first
/// @param stepCount       steps done by this process: the position in [StepLog]
/// @param transitionCount transitions that led here; tells a reader whether it has heard of all of them
/// @param draining        whether `progress` is a place in the drain under way, to which waiting files belong
public record LiveStatus(
        DaemonState state,
        @Nullable Phase phase,
        @Nullable Long modelStep,
        @Nullable String currentFile,
        @Nullable Progress progress,
        @Nullable StepCompleted step,
        Evaluations evaluations,
        @Nullable Failure failure,
        QueueCounts waiting,
        List<Alert> standing,
        long stepCount,
        long transitionCount,
        boolean draining) {

    static final LiveStatus INITIAL = new LiveStatus(
            DaemonState.STARTING,
            null,
            null,
            null,
            null,
            null,
            Evaluations.NONE,
            null,
            QueueCounts.NONE,
            List.of(),
            0,
            0,
            false);

    /// The same after one transition more.
    LiveStatus nextTransition() {
        return new LiveStatus(
                state,
                phase,
                modelStep,
                currentFile,
                progress,
                step,
                evaluations,
                failure,
                waiting,
                standing,
                stepCount,
                transitionCount + 1,
                draining);
    }

    LiveStatus in(DaemonState newState, @Nullable Phase newPhase) {
        boolean stillDraining = switch (newState) {
            case TRAINING -> true;
            case PAUSED -> draining; // A daemon that was idle has nothing to count waiting files to.
            case STARTING, IDLE, COMPLETED, STOPPED, CRASHED -> false;
        };
        return new LiveStatus(
                newState,
                newPhase,
                modelStep,
                currentFile,
                progress,
                step,
                evaluations,
                failure,
                waiting,
                standing,
                stepCount,
                transitionCount,
                stillDraining);
    }

    LiveStatus withModelStep(long globalStep) {
        return new LiveStatus(
                state,
                phase,
                globalStep,
                currentFile,
                progress,
                step,
                evaluations,
                failure,
                waiting,
                standing,
                stepCount,
                transitionCount,
                draining);
    }

    LiveStatus withFile(String name, @Nullable Progress itsProgress) {
        return new LiveStatus(
                state,
                phase,
                modelStep,
                name,
                itsProgress,
                step,
                evaluations,
                failure,
                waiting,
                standing,
                stepCount,
                transitionCount,
                draining);
    }

    LiveStatus withProgress(Progress newProgress) {
        return new LiveStatus(
                state,
                phase,
                newProgress.currentStep(),
                currentFile,
                newProgress,
                step,
                evaluations,
                failure,
                waiting,
                standing,
                stepCount,
                transitionCount,
                draining);
    }

    LiveStatus withStep(StepCompleted newStep, @Nullable Progress newProgress) {
        return new LiveStatus(
                state,
                phase,
                newProgress == null ? modelStep : (Long) newProgress.currentStep(),
                currentFile,
                newProgress,
                newStep,
                evaluations,
                Double.isFinite(newStep.loss()) ? null : failure,
                waiting,
                standing,
                stepCount + 1,
                transitionCount,
                draining);
    }

    LiveStatus withEvaluations(Evaluations newEvaluations) {
        return new LiveStatus(
                state,
                phase,
                modelStep,
                currentFile,
                progress,
                step,
                newEvaluations,
                failure,
                waiting,
                standing,
                stepCount,
                transitionCount,
                draining);
    }

    LiveStatus withFailure(@Nullable Failure newFailure) {
        return new LiveStatus(
                state,
                phase,
                modelStep,
                currentFile,
                progress,
                step,
                evaluations,
                newFailure,
                waiting,
                standing,
                stepCount,
                transitionCount,
                draining);
    }

    /// With what waits now; counts older than those already known are ignored, because they arrived out of order.
    LiveStatus withWaiting(QueueCounts counts) {
        if (counts.revision() <= waiting.revision()) {
            return this;
        }
        Progress p = progress == null || !draining ? progress : progress.withWaiting(counts.waitingFiles());
        return new LiveStatus(
                state,
                phase,
                modelStep,
                currentFile,
                p,
                step,
                evaluations,
                failure,
                counts,
                standing,
                stepCount,
                transitionCount,
                draining);
    }

    /// With `alert` in the place of an earlier one of its type.
    LiveStatus raising(Alert alert) {
        return withStanding(
                Stream.concat(others(alert.type()), Stream.of(alert)).toList());
    }

    /// Without the alert of this type.
    LiveStatus withdrawing(String type) {
        return withStanding(others(type).toList());
    }

    private Stream<Alert> others(String type) {
        return standing.stream().filter(other -> !other.type().equals(type));
    }

    private LiveStatus withStanding(List<Alert> alerts) {
        return new LiveStatus(
                state,
                phase,
                modelStep,
                currentFile,
                progress,
                step,
                evaluations,
                failure,
                waiting,
                alerts,
                stepCount,
                transitionCount,
                draining);
    }
}
