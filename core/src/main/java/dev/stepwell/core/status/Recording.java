package dev.stepwell.core.status;

import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells a [Recorder] what happened, from steps and transitions in their order. A step knows its place in its file
/// only; where the file began is known from the transition before.
final class Recording {
    private final Supplier<Recorder> recorder;
    private @Nullable Long baseStep;
    private long previews;
    private long scores;
    private @Nullable MachineFigures machine;
    private List<Alert> alerts = List.of();
    private boolean ended;

    Recording(Supplier<Recorder> recorder) {
        this.recorder = recorder;
    }

    void step(StepCompleted step, Instant at) {
        if (baseStep != null) {
            recorder.get().step(baseStep + step.batchStep(), step, at);
        }
    }

    void transition(StatusBoard.Transition transition) {
        LiveStatus after = transition.after();
        Progress progress = after.progress();
        baseStep = progress == null ? null : (Long) progress.baseStep();
        AttemptNews news = transition.news();
        if (news != null) {
            switch (news) {
                case AttemptNews.Began(FileAttempt attempt) -> recorder.get().attemptBegan(attempt, transition.at());
                case AttemptNews.Ended(FileAttempt attempt, AttemptEnd end) ->
                    recorder.get().attemptEnded(attempt, end, transition.at());
            }
        }
        String file = after.currentFile();
        if (transition.phase() == Phase.PREPARING && progress != null && file != null) {
            recorder.get().fileStarted(progress, file, transition.at());
        }
        if (transition.phase() == Phase.SAVING && after.modelStep() != null) {
            recorder.get().checkpointSaved(after.modelStep(), transition.took(), transition.at());
        }
        if (transition.phase() == Phase.EVALUATING) {
            recorder.get().evaluated(transition.took(), transition.at());
        }
        Evaluations evaluations = after.evaluations();
        Preview latest = evaluations.latest();
        if (evaluations.total() > previews && latest != null) {
            recorder.get().previewed(latest, 100.0 * evaluations.correct() / evaluations.total(), transition.at());
        }
        previews = evaluations.total();
        Scores asked = evaluations.scores();
        if (asked.count() > scores && asked.latest() != null) {
            recorder.get().scored(asked.latest(), transition.at());
        }
        scores = asked.count();
    }

    /// Tells of alerts if they are others than before.
    void alerts(List<Alert> standing, Instant at) {
        if (!standing.equals(alerts)) {
            alerts = standing;
            recorder.get().alerts(standing, at);
        }
    }

    /// Tells of what is not said by transitions alone: the end of the process, the machine's figures. Those of an idle
    /// machine belong to no step.
    void seen(LiveStatus live, Instant at) {
        if (!live.state().alive() && !ended) {
            ended = true;
            recorder.get().ended(live.state(), live.state() == DaemonState.CRASHED ? live.failure() : null, at);
        }
        looked(live, at);
    }

    @SuppressWarnings("ReferenceEquality") // Each look at the machine makes another object, and each is told of.
    private void looked(LiveStatus live, Instant at) {
        MachineFigures figures = live.machine();
        if (figures == null || figures == machine) {
            return;
        }
        machine = figures;
        if (live.state() == DaemonState.TRAINING && live.modelStep() != null) {
            recorder.get().machine(live.modelStep(), figures, at);
        }
    }
}
