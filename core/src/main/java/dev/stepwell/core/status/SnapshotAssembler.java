package dev.stepwell.core.status;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.progress.Throughput;
import dev.stepwell.core.signals.SignalMeter;
import dev.stepwell.core.signals.Signals;
import dev.stepwell.core.status.StatusSnapshot.Limits;
import dev.stepwell.core.status.StatusSnapshot.ProcessIdentity;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adds to a [LiveStatus] what the training thread has no time to compute: histories, rates, time left, signals,
/// alerts, a number. Used by one thread: the publisher's, or that of somebody who replays what was recorded. Its `now`
/// are nanoseconds of which only differences matter.
public final class SnapshotAssembler {
    static final int KEPT_LOSSES = 100;

    private final ProcessIdentity process;
    private final Limits limits;
    private final StepLog log;
    private final Recording recording;
    private final TimeLeft timeLeft = new TimeLeft();
    private final Lookout lookout;
    private final Throughput throughput = new Throughput();
    private final List<@Nullable Double> losses = new ArrayList<>();
    private final SignalMeter meter = new SignalMeter();
    private final Quiet quiet = new Quiet();
    private Signals signals = Signals.NONE;
    private LiveStatus known = LiveStatus.INITIAL;
    private long stepsSeen;
    private long seq;

    SnapshotAssembler(ProcessIdentity process, Limits limits, StepLog log, Recording recording, Lookout lookout) {
        this.process = process;
        this.limits = limits;
        this.log = log;
        this.recording = recording;
        this.lookout = lookout;
    }

    /// One for a replay, which has no publisher and asks for [#newest].
    public static SnapshotAssembler replaying(StatusBoard board, ProcessIdentity process, Limits limits) {
        return new SnapshotAssembler(
                process, limits, board.steps(), new Recording(() -> Recorder.NOBODY), Lookout.NOBODY);
    }

    /// The newest state of the board, after all transitions that led to it.
    public StatusSnapshot newest(StatusBoard board, Instant at) {
        for (var next = board.nextTransition(); next != null; next = board.nextTransition()) {
            after(next, next.nanos());
        }
        return of(board.latest(), at, board.nanos());
    }

    /// The state a transition led to, its steps and its time accounted for.
    StatusSnapshot after(StatusBoard.Transition transition, long now) {
        LiveStatus live = transition.after();
        readSteps(live.stepCount(), transition.at());
        timeLeft.after(transition);
        follow(transition);
        recording.transition(transition);
        return assemble(live, transition.at(), now);
    }

    /// The state `live` as it was read at `at`.
    StatusSnapshot of(LiveStatus live, Instant at, long now) {
        readSteps(live.stepCount(), at);
        return assemble(live, at, now);
    }

    /// The same state under the next number. Only what has become of it since `at` may be new: an alert.
    StatusSnapshot again(StatusSnapshot snapshot, Instant at, long now) {
        return snapshot.again(++seq, alerts(snapshot.live(), at, now));
    }

    private void readSteps(long until, Instant at) {
        long from = stepsSeen;
        stepsSeen =
                Math.max(from, until); // First, so that a mistake of ours at one step does not meet it again forever.
        log.read(from, until, step -> {
            measure(step);
            signals = meter.signals();
            lookout.look(new Scene(known, signals, null, at));
            recording.step(step, at);
        });
    }

    private void measure(StepCompleted step) {
        timeLeft.step(step);
        throughput.step(step.nanos(), step.tokens());
        meter.step(step);
        if (losses.size() == KEPT_LOSSES) {
            losses.removeFirst();
        }
        losses.add(Double.isFinite(step.loss()) ? (Double) step.loss() : null);
    }

    private void follow(StatusBoard.Transition transition) {
        LiveStatus after = transition.after();
        Progress progress = after.progress();
        if (transition.phase() == Phase.PREPARING && progress != null) {
            meter.fileStarted(progress.baseStep());
        }
        if (known.modelStep() != null && after.modelStep() != null && after.modelStep() < known.modelStep()) {
            meter.rolledBack();
        }
        Scores scores = after.evaluations().scores();
        if (scores.count() > known.evaluations().scores().count() && scores.latest() != null) {
            meter.evaluated(scores.latest());
        }
        signals = meter.signals();
    }

    private List<Alert> alerts(LiveStatus live, Instant at, long now) {
        List<Alert> standing =
                Alert.worstFirst(live.standing(), lookout.look(new Scene(live, signals, quiet.look(live, now), at)));
        recording.alerts(standing, at);
        return standing;
    }

    private StatusSnapshot assemble(LiveStatus live, Instant at, long now) {
        known = live;
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
                timeLeft.ofDrain(live),
                signals,
                alerts(live, at, now));
    }
}
