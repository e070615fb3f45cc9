package dev.stepwell.torch;

import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.training.FailureType;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.TokenCount;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.data.TrainingData;
import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.checkpoint.Cursor;
import dev.stepwell.torch.checkpoint.LogEntry;
import dev.stepwell.torch.evaluation.Examiner;
import dev.stepwell.torch.generation.ModelProbe;
import dev.stepwell.torch.optim.WarmupConstant;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The training of one file, from the first step that its plan has left to the last, or to where it is stopped.
final class FileTraining {
    /// Of one step in so many more is measured than of others, because it takes time.
    private static final long SAMPLED_STEPS = 10;

    private final TrainerConfig config;
    private final TrainedModel trained;
    private final TrainingData data;
    private final FilePlan plan;
    private final GradientAccumulation gradients;
    private final OptimizerStep optimizerStep;
    private final WarmupConstant schedule;
    private final TrainingListener listener;
    private final CheckpointSaving saving;
    private final StepGate gate;
    private final Questioning questions;
    private long stepNanos; // Of the newest step.

    FileTraining(
            TrainerConfig config,
            TrainedModel trained,
            TrainingData data,
            FilePlan plan,
            ModelProbe probe,
            Examiner examiner,
            TrainingListener listener,
            StepControl control) {
        this.config = config;
        this.trained = trained;
        this.data = data;
        this.plan = plan;
        this.listener = listener;
        this.saving = new CheckpointSaving(trained, listener, control, CheckpointSaving.Patience.DEFAULT);
        this.gate = new StepGate(control, trained, plan, saving, listener);
        this.questions = new Questioning(config, trained, data, plan, probe, examiner, listener, gate);
        this.gradients = trained.gradients(listener);
        this.optimizerStep = trained.optimizerStep(gradients);
        this.schedule = new WarmupConstant(config.learningRate(), config.warmupSteps());
    }

    /// Trains. May throw what native code throws; weights and plan are then to be given up.
    TrainingOutcome run() {
        listener.on(new TrainingEvent.FileStarted(plan.baseStep(), plan.batchStep(), plan.batchTotalSteps()));
        listener.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
        try {
            if (plan.batchTotalSteps() == 0) { // Nothing moves the weights, so there is no checkpoint to be saved.
                questions.holdOut();
                return new TrainingOutcome.Completed(ledger(), trained.globalStep());
            }
            if (!plan.done()) {
                listener.on(new TrainingEvent.TokensCounted(tokens(), config.epochs()));
                gradients.warmUp(data.examples(), () -> gate.opens(Phase.TRAINING));
                questions.before();
            }
            while (!plan.done()) {
                OptimizerStep.Result result = step();
                if (result == null) {
                    return ended();
                }
                if (!result.finite()) {
                    listener.on(
                            new TrainingEvent.StepRefused(plan.batchStep() + 1, result.loss(), result.gradientNorm()));
                    return failed(nonFinite(result));
                }
                questions.afterStep(stepNanos, result.tokens());
                if (saveDue()) {
                    if (!saving.save(plan.cursor())) {
                        return stoppedUnsaved();
                    }
                    listener.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
                }
            }
            if (!saving.save(plan.cursor())) {
                return stoppedUnsaved();
            }
            questions.afterFile();
            return new TrainingOutcome.Completed(ledger(), trained.globalStep());
        } catch (IOException e) {
            return aborted(e);
        }
    }

    /// Not where a pause in the preview of this step has just saved it.
    private boolean saveDue() {
        return config.saveSteps() > 0 && plan.batchStep() % config.saveSteps() == 0 && !plan.done() && trained.ahead();
    }

    /// The file is left half-way, with a checkpoint that holds every whole step.
    private TrainingOutcome ended() throws IOException {
        if (trained.ahead() && !saving.save(plan.cursor())) {
            return stoppedUnsaved();
        }
        return switch (gate.signal()) {
            case SKIP -> new TrainingOutcome.Skipped(ledger(), trained.globalStep());
            // What was asked for may have changed since the gate was closed, but only to a stop.
            case STOP, PAUSE, CONTINUE -> new TrainingOutcome.Interrupted(ledger(), trained.globalStep());
        };
    }

    /// There was no space for a checkpoint, and the user did not want to wait for it.
    private TrainingOutcome stoppedUnsaved() {
        return new TrainingOutcome.Interrupted(ledger(rowsSaved()), trained.savedStep());
    }

    /// Neither the file nor what was trained is to blame for a checkpoint that cannot be saved.
    private TrainingOutcome aborted(IOException e) {
        StorageFault fault = StorageFault.of(e).orElse(null);
        String message =
                "The checkpoint of step %d could not be saved: %s. The one of step %d is as it was; the file goes on from there at the next start. Before that, %s."
                        .formatted(
                                trained.globalStep(),
                                e,
                                trained.savedStep(),
                                fault == null ? "see who may write to current_model, and how" : fault.remedy());
        return new TrainingOutcome.Aborted(
                ledger(rowsSaved()), fault == null ? "CheckpointFailed" : fault.type(), message, trained.savedStep());
    }

    /// Gives up the steps since the last checkpoint.
    TrainingOutcome failed(Failure failure) {
        long from = trained.globalStep();
        long to = trained.rollBack();
        if (to != from) {
            listener.on(new TrainingEvent.RolledBack(from, to, failure.message()));
        }
        return new TrainingOutcome.Failed(ledger(rowsSaved()), failure.type(), failure.message(), to);
    }

    /// Rows of this file that the last checkpoint contains.
    private long rowsSaved() {
        Cursor cursor = trained.positionIn(plan.fileId());
        return cursor == null ? 0 : cursor.rowsTrained();
    }

    /// One step; null if it was given up before it changed anything, because a user wants something else.
    private OptimizerStep.@Nullable Result step() throws IOException {
        long started = System.nanoTime() - gate.away();
        List<Example> rows = examples(plan.nextRows());
        int epoch = plan.epoch();
        double learningRate = schedule.at(trained.globalStep() + 1);
        OptimizerStep.Result result =
                optimizerStep.run(rows, learningRate, trained.stepSeed(), () -> gate.opens(Phase.TRAINING), sampled());
        if (result != null && result.finite()) {
            plan.advance(rows.size());
            trained.stepDone(new LogEntry(
                    plan.epochsDone(), result.gradientNorm(), learningRate, result.loss(), trained.globalStep() + 1));
            stepNanos = System.nanoTime() - gate.away() - started;
            listener.on(new TrainingEvent.StepCompleted(
                    plan.batchStep(),
                    epoch,
                    result.loss(),
                    learningRate,
                    result.gradientNorm(),
                    result.tokens(),
                    stepNanos,
                    result.sample()));
        }
        return result;
    }

    /// Follows from the step alone, so that a run that was interrupted is sampled at the same ones.
    private boolean sampled() {
        return (trained.globalStep() + 1) % SAMPLED_STEPS == 0;
    }

    private List<Example> examples(List<Integer> rows) {
        return rows.stream().map(data.examples()::get).toList();
    }

    private TokenCount tokens() {
        return plan.stepsOfFirstEpoch()
                .map(rows -> gradients.tokensOf(examples(rows)))
                .reduce(new TokenCount(0, 0, 0), TokenCount::plus);
    }

    private Failure nonFinite(OptimizerStep.Result result) {
        return new Failure(
                FailureType.NON_FINITE_LOSS.word(),
                "Step %d of this file had loss %s and gradient norm %s, so it was not taken. Lower learning_rate or max_grad_norm, or look for broken rows in the file."
                        .formatted(plan.batchStep() + 1, result.loss(), result.gradientNorm()));
    }

    private RowLedger ledger() {
        return ledger(plan.rowsTrained());
    }

    private RowLedger ledger(long rowsTrained) {
        return data.ledger().trained(rowsTrained);
    }
}
