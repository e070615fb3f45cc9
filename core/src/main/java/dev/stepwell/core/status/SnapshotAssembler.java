package dev.stepwell.core.status;

import dev.stepwell.core.progress.Throughput;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds to a [LiveStatus] what the training thread has no time to compute: histories, rates, time left, a number.
/// Used by one thread: the publisher's, or that of somebody who replays what was recorded.
public final class SnapshotAssembler {
    static final int KEPT_LOSSES = 100;

    private final ProcessIdentity process;
    private final Limits limits;
    private final StepLog log;
    private final Recording recording;
    private final TimeLeft timeLeft = new TimeLeft();
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

    /// One for a replay, which has no publisher and asks for [#newest].
    public static SnapshotAssembler replaying(StatusBoard board, ProcessIdentity process, Limits limits) {
        return new SnapshotAssembler(process, limits, board.steps(), new Recording(() -> Recorder.NOBODY));
    }

    /// The newest state of the board, after all transitions that led to it.
    public StatusSnapshot newest(StatusBoard board, Instant at) {
        for (var next = board.nextTransition(); next != null; next = board.nextTransition()) {
            after(next);
        }
        return of(board.latest(), at);
    }

    /// The state a transition led to, its steps and its time accounted for.
    StatusSnapshot after(StatusBoard.Transition transition) {
        LiveStatus live = transition.after();
        readSteps(live.stepCount(), transition.at());
        timeLeft.after(transition);
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
        timeLeft.step(step);
        throughput.step(step.nanos(), step.tokens());
        if (losses.size() == KEPT_LOSSES) {
            losses.removeFirst();
        }
        losses.add(Double.isFinite(step.loss()) ? (Double) step.loss() : null);
    }

    private StatusSnapshot assemble(LiveStatus live, Instant at) {
        recording.seen(live, at);
        return new StatusSnapshot(
                ++seq,
                process,
                at,
                live,
                limits,
                Collections.unmodifiableList(new ArrayList<>(losses)),
                throughput.stepsPerSecond(),
                throughput.tokensPerSecond(),
                timeLeft.ofFile(live),
                timeLeft.ofDrain(live));
    }
}
