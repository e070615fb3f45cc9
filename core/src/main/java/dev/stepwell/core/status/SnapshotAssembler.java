package dev.stepwell.core.status;

import dev.stepwell.core.progress.Eta;
import dev.stepwell.core.progress.EtaEstimator;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.progress.Throughput;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds to a [LiveStatus] what the training thread has no time to compute: histories, rates, time left, a number.
/// Used by the publisher's thread alone.
final class SnapshotAssembler {
    static final int KEPT_LOSSES = 100;

    private final ProcessIdentity process;
    private final Limits limits;
    private final StepLog log;
    private final Recording recording;
    private final EtaEstimator eta = new EtaEstimator();
    private final Throughput throughput = new Throughput();
    private final List<@Nullable Double> losses = new ArrayList<>();
    private long stepsSeen;
    private long seq;

    SnapshotAssembler(ProcessIdentity process, Limits limits, StepLog log, Recording recording) {
        this.process = process;
        this.limits = limits;
        this.log = log;
        this.recording = recording;
    }

    /// The state a transition led to, its steps and its time accounted for.
    StatusSnapshot after(StatusBoard.Transition transition) {
        LiveStatus live = transition.after();
        readSteps(live.stepCount(), transition.at());
        account(transition);
        recording.transition(transition);
        return assemble(live, transition.at());
    }

    /// The state `live` as it was read at `at`.
    StatusSnapshot of(LiveStatus live, Instant at) {
        readSteps(live.stepCount(), at);
        return assemble(live, at);
    }

    /// The same state under the next number.
    StatusSnapshot again(StatusSnapshot snapshot) {
        return snapshot.withSeq(++seq);
    }

    private void readSteps(long until, Instant at) {
        log.read(stepsSeen, until, step -> {
            measure(step);
            recording.step(step, at);
        });
        stepsSeen = Math.max(stepsSeen, until);
    }

    private void measure(StepCompleted step) {
        eta.step(step.nanos());
        throughput.step(step.nanos(), step.tokens());
        if (losses.size() == KEPT_LOSSES) {
            losses.removeFirst();
        }
        losses.add(Double.isFinite(step.loss()) ? (Double) step.loss() : null);
    }

    private void account(StatusBoard.Transition transition) {
        Phase phase = transition.phase();
        if (phase == null) {
            return;
        }
        switch (phase) {
            case EVALUATING -> eta.evaluated(transition.took());
            case SAVING -> eta.saved(transition.took());
            case PREPARING -> {
                Progress planned = transition.after().progress();
                eta.prepared(transition.took(), planned == null ? 0 : planned.batchTotalSteps());
            }
            // Loading happens once, before the first file; a step brings its own time along.
            case LOADING, TRAINING -> {}
        }
    }

    private StatusSnapshot assemble(LiveStatus live, Instant at) {
        recording.seen(live, at);
        Progress progress = live.progress();
        Eta fileEta = null;
        Eta drainEta = null;
        if (progress != null && live.state() == DaemonState.TRAINING) {
            boolean preparing = live.phase() == Phase.PREPARING;
            fileEta = eta.file(progress, preparing);
            drainEta = eta.drain(
                    progress,
                    preparing,
                    live.waiting().waitingFiles(),
                    live.waiting().waitingSteps());
        }
        return new StatusSnapshot(
                ++seq,
                process,
                at,
                live,
                limits,
                Collections.unmodifiableList(new ArrayList<>(losses)),
                throughput.stepsPerSecond(),
                throughput.tokensPerSecond(),
                fileEta,
                drainEta);
    }
}
