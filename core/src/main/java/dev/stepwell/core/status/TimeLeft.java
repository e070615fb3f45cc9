package dev.stepwell.core.status;

import dev.stepwell.core.progress.Eta;
import dev.stepwell.core.progress.EtaEstimator;
import dev.stepwell.core.progress.FileWork;
import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Tells the [EtaEstimator] what happened, from steps and transitions in their order. Used by one thread.
final class TimeLeft {
    private final EtaEstimator eta = new EtaEstimator();
    private FileWork work = FileWork.NONE;
    private long accountedUntil;
    private boolean ended;
    private boolean paused;
    private long pausedAt;

    void step(StepCompleted step) {
        eta.step(step.nanos(), step.tokens());
    }

    void after(StatusBoard.Transition transition) {
        LiveStatus live = transition.after();
        Progress progress = live.progress();
        if (progress == null) {
            return;
        }
        boolean another = live.work().claim() != work.claim();
        ended = !another && (ended || transition.news() instanceof AttemptNews.Ended);
        rest(live.state() == DaemonState.PAUSED, transition.nanos());
        if (another || isLeft(live)) {
            eta.left(Duration.ofNanos(transition.nanos() - accountedUntil));
        }
        if (another) {
            eta.claimed(live.work().bytes(), live.work().expected(), progress);
        } else {
            learn(live.work(), progress);
        }
        boolean exam = !another && live.work().exams() > work.exams();
        work = live.work();
        account(transition, progress, exam);
    }

    private void rest(boolean pausedNow, long nanos) {
        if (pausedNow && !paused) {
            pausedAt = nanos;
            eta.paused();
        } else if (paused && !pausedNow) {
            accountedUntil += nanos - pausedAt;
        }
        paused = pausedNow;
    }

    /// Who pauses in the middle of a file, or of what comes after its last step, goes on with it. Work that waits for
    /// space has a phase.
    private boolean isLeft(LiveStatus live) {
        return switch (live.state()) {
            case TRAINING -> false;
            case PAUSED -> ended && live.phase() == null;
            case STARTING, IDLE, COMPLETED, STOPPED, CRASHED -> live.phase() == null;
        };
    }

    private void learn(FileWork newest, Progress progress) {
        if (newest.tokens() != work.tokens()) {
            eta.counted(newest.tokens(), progress);
        }
        ForeseenExam exam = newest.exam();
        if (exam != null && !exam.equals(work.exam())) {
            eta.examForeseen(exam);
        }
    }

    /// @param exam whether an evaluation was one that the budget bounds
    private void account(StatusBoard.Transition transition, Progress progress, boolean exam) {
        Phase phase = transition.phase();
        if (phase == null) {
            return;
        }
        switch (phase) {
            case EVALUATING -> {
                if (exam) {
                    eta.examined(transition.took(), progress);
                } else {
                    eta.evaluated(transition.took(), progress);
                }
                accountedUntil = transition.nanos();
            }
            case SAVING -> {
                eta.saved(transition.took(), progress);
                accountedUntil = transition.nanos();
            }
            case PREPARING -> eta.prepared(transition.took(), progress);
            // Loading happens once, before the first file; a step brings its own time along.
            case LOADING, TRAINING -> {}
        }
    }

    /// Null while it cannot be known, and while nothing is trained.
    @Nullable
    Eta ofFile(LiveStatus live) {
        Progress progress = live.progress();
        return progress == null || live.state() != DaemonState.TRAINING ? null : eta.file(progress);
    }

    /// Likewise.
    @Nullable
    Eta ofDrain(LiveStatus live) {
        Progress progress = live.progress();
        return progress == null || live.state() != DaemonState.TRAINING
                ? null
                : eta.drain(progress, live.waiting().backlog());
    }
}
