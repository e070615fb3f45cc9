package dev.stepwell.core.training;

import dev.stepwell.core.io.DiskSpace;
import dev.stepwell.core.progress.ForeseenExam;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What happens while a file is trained, in the order in which it happens.
public sealed interface TrainingEvent {
    /// The training thread turned to something else.
    record PhaseChanged(Phase phase) implements TrainingEvent {}

    /// A file is read: it is known which of its rows can be trained, which are cut, and which are refused.
    ///
    /// @param ledger nothing of it is trained yet
    record FileRead(RowLedger ledger) implements TrainingEvent {}

    /// A file is read and its steps are planned. `batchStep` is above 0 if it goes on after an interruption.
    ///
    /// @param baseStep        global step of the weights from which this file started
    /// @param batchStep       steps of this file which the weights already contain
    /// @param batchTotalSteps steps planned for this file, over all epochs
    record FileStarted(long baseStep, long batchStep, long batchTotalSteps) implements TrainingEvent {}

    /// It is known what one pass over the file computes.
    ///
    /// @param passes over it, those that an interrupted attempt did included
    record TokensCounted(TokenCount count, int passes) implements TrainingEvent {}

    /// One optimizer step is done.
    ///
    /// @param batchStep    steps done in this file, this one included
    /// @param epoch        pass over the file, from 0
    /// @param loss         mean cross-entropy over the step's target tokens, in nats; NaN or infinite if it was
    /// @param learningRate the rate this step used
    /// @param gradientNorm L2 norm of all gradients before clipping
    /// @param tokens       tokens that went through the model, padding not counted
    /// @param nanos        how long the step took, evaluation and saving not counted
    /// @param sample       what is measured of some steps only; null where it was not
    record StepCompleted(
            long batchStep,
            int epoch,
            double loss,
            double learningRate,
            double gradientNorm,
            int tokens,
            long nanos,
            @Nullable StepSample sample)
            implements TrainingEvent {
        /// One of which nothing more was measured.
        public StepCompleted(
                long batchStep,
                int epoch,
                double loss,
                double learningRate,
                double gradientNorm,
                int tokens,
                long nanos) {
            this(batchStep, epoch, loss, learningRate, gradientNorm, tokens, nanos, null);
        }
    }

    /// A step was computed and not taken, because its loss or its gradient is no number that one can follow. The
    /// weights are as they were before it, and the file fails.
    ///
    /// @param batchStep    the step's number in its file
    /// @param loss         as in [StepCompleted]
    /// @param gradientNorm as in [StepCompleted]; NaN as well where the loss was not finite
    record StepRefused(long batchStep, double loss, double gradientNorm) implements TrainingEvent {}

    /// The model answered one example.
    record PreviewGenerated(Preview preview) implements TrainingEvent {}

    /// A checkpoint is on disk, whole.
    record CheckpointSaved(long globalStep, Path directory, Duration took) implements TrainingEvent {}

    /// The model was asked a set of rows. [EvaluationFinished] tells of the time.
    record Evaluated(Evaluation evaluation) implements TrainingEvent {}

    /// More is known of what will still be asked in this file and after it.
    record ExamForeseen(ForeseenExam exam) implements TrainingEvent {}

    /// An evaluation, or a preview, is over.
    ///
    /// @param next what will still be asked behind it; null if it was a preview, which no budget bounds
    record EvaluationFinished(Duration took, @Nullable ForeseenExam next) implements TrainingEvent {}

    /// The model could not be asked. Training goes on without.
    ///
    /// @param reason what is wrong and what to do, in a sentence
    record EvaluationFailed(String reason) implements TrainingEvent {}

    /// A checkpoint cannot be saved for want of space. Training waits, and tries again by itself.
    ///
    /// @param space how much is needed and free, and where
    record WaitingForSpace(DiskSpace space) implements TrainingEvent {}

    /// There was space at last: the checkpoint that waited for it is being saved.
    record SpaceFound() implements TrainingEvent {}

    /// Memory was short, so that fewer rows are computed at once, and more often, until the process ends. What is
    /// learnt is the same.
    ///
    /// @param rowsBefore in one forward pass, which was too much
    /// @param rows       from now on
    record MicroBatchHalved(int rowsBefore, int rows) implements TrainingEvent {}

    /// The weights are those of an older step again.
    record RolledBack(long fromStep, long toStep, String reason) implements TrainingEvent {}
}
