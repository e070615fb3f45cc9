package dev.stepwell.torch;

import dev.stepwell.core.progress.EtaEstimator;
import dev.stepwell.core.progress.ForeseenExam;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.data.PreviewRow;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.judge.JudgeException;
import dev.stepwell.torch.evaluation.ExamException;
import dev.stepwell.torch.evaluation.Examiner;
import dev.stepwell.torch.evaluation.Examiner.Now;
import dev.stepwell.torch.evaluation.Interludes;
import dev.stepwell.torch.generation.Answer;
import dev.stepwell.torch.generation.ModelProbe;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// Interrupts the training of a file to ask the model something: examples of the file, and what the [Examiner] asks.
///
/// What goes wrong with a question is told and costs no training: neither rows nor weights are to blame.
final class Questioning implements Interludes {
    private final TrainerConfig config;
    private final TrainedModel trained;
    private final TrainingData data;
    private final FilePlan plan;
    private final ModelProbe probe;
    private final Examiner examiner;
    private final TrainingListener listener;
    private final StepGate gate;
    private long steps;

    Questioning(
            TrainerConfig config,
            TrainedModel trained,
            TrainingData data,
            FilePlan plan,
            ModelProbe probe,
            Examiner examiner,
            TrainingListener listener,
            StepGate gate) {
        this.config = config;
        this.trained = trained;
        this.data = data;
        this.plan = plan;
        this.probe = probe;
        this.examiner = examiner;
        this.listener = listener;
        this.gate = gate;
    }

    /// Before the first step.
    void before() throws IOException {
        if (plan.batchStep() == 0) {
            holdOut();
            asking(() -> examiner.before(now(), listener, this));
        }
        asking(() -> examiner.expect(now(), data.sample()));
        foresee();
    }

    /// Puts the rows that are not trained aside, to be asked from now on.
    void holdOut() throws IOException {
        asking(() -> examiner.holdOut(now(), data.heldOut()));
    }

    /// After a step over so many tokens that took so long.
    void afterStep(long nanos, long tokens) throws IOException {
        examiner.trained(nanos, tokens);
        steps++;
        boolean due = config.evalSteps() > 0 && plan.batchStep() % config.evalSteps() == 0;
        if (due) {
            asking(this::preview);
            if (!plan.done()) { // Else it is asked after the file, in a moment.
                asking(() -> examiner.during(now(), listener, this));
            }
        }
        if (due || steps == EtaEstimator.STEPS_NEEDED) {
            foresee();
        }
    }

    /// For the time left, which is told once there have been as many steps in a process.
    private void foresee() {
        examiner.foreseen().ifPresent(exam -> listener.on(new TrainingEvent.ExamForeseen(exam)));
    }

    /// When all that was trained is in a checkpoint.
    void afterFile() throws IOException {
        asking(() -> {
            examiner.keep(now(), data.sample());
            examiner.after(now(), listener, this);
        });
    }

    private Now now() {
        return new Now(plan.fileId(), plan.fileName(), trained.globalStep());
    }

    /// Something to be asked.
    @FunctionalInterface
    private interface Question {
        void ask() throws IOException;
    }

    private void asking(Question question) throws IOException {
        String fault;
        try {
            question.ask();
            return;
        } catch (JudgeException | ExamException e) {
            fault = String.valueOf(e.getMessage());
        } catch (RuntimeException | OutOfMemoryError e) {
            Failure failure = NativeErrors.translate(e).orElse(null);
            if (failure == null) {
                throw e;
            }
            fault = failure.message();
        }
        listener.on(new TrainingEvent.EvaluationFailed(fault));
        listener.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
    }

    /// Answers the next few examples in the order of the file. Which those are follows from the step alone, so that a
    /// run that was interrupted shows the same ones. A stop or skip leaves it without answers.
    private void preview() throws IOException {
        if (data.previews().isEmpty() || config.numEvalSamples() == 0) {
            return;
        }
        double began = seconds();
        begin();
        int size = data.previews().size();
        long first = (plan.batchStep() / config.evalSteps() - 1) * config.numEvalSamples();
        List<PreviewRow> rows = IntStream.range(0, Math.min(config.numEvalSamples(), size))
                .mapToObj(i -> data.previews().get((int) ((first + i) % size)))
                .toList();
        List<Answer> answers = probe.answers(rows, this);
        answers.forEach(this::show);
        listener.on(new TrainingEvent.EvaluationFinished(duration(seconds() - began), null));
        listener.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
    }

    private void show(Answer answer) {
        PreviewRow row = answer.row();
        listener.on(new TrainingEvent.PreviewGenerated(new Preview(
                trained.globalStep(),
                row.systemPrompt(),
                row.prompt(),
                row.goldenAnswer(),
                answer.text(),
                answer.matches(),
                probe.tokens(row.goldenAnswer()),
                answer.tokens())));
    }

    @Override
    public void begin() {
        listener.on(new TrainingEvent.PhaseChanged(Phase.EVALUATING));
    }

    @Override
    public boolean opens() throws IOException {
        return gate.opens(Phase.EVALUATING);
    }

    @Override
    public double seconds() {
        return (System.nanoTime() - gate.away()) / 1e9;
    }

    @Override
    public void end(boolean whole, double seconds) {
        if (whole) {
            listener.on(new TrainingEvent.EvaluationFinished(
                    duration(seconds), examiner.foreseen().orElse(ForeseenExam.NONE)));
        }
        listener.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }
}
