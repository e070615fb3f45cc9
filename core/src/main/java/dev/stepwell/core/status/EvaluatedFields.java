package dev.stepwell.core.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stepwell.core.signals.Trend;
import dev.stepwell.core.training.Evaluation;
import dev.stepwell.core.training.Preview;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What evaluations say, in the fields of the status file. Null what is unknown, and what is not finite.
///
/// @param fixedEvalEm      share of the fixed validation set's judged answers that were right, 0 to 1
/// @param fixedEvalCe      mean cross-entropy there, in nats
/// @param fixedEvalEce     expected calibration error there, 0 to 1
/// @param fixedEvalTrend   where that cross-entropy goes
/// @param fixedEvalStep    global step of the weights that were asked
/// @param fixedEvalRows    rows that were asked
/// @param fixedEvalSetRows rows there are
/// @param validationLoss   the same as `fixedEvalCe`, under the name that other tools give it
/// @param valTrainGap      `validationLoss` less the mean of the latest training losses
/// @param accuracyLast20   of the last previews, in percent
/// @param accuracyLast50   of the last previews, in percent
/// @param accuracyTrend    where the answers of the last previews go
public record EvaluatedFields(
        @Nullable Double fixedEvalEm,
        @Nullable Double fixedEvalCe,
        @Nullable Double fixedEvalEce,
        @Nullable Trend fixedEvalTrend,
        @Nullable Long fixedEvalStep,
        @Nullable Integer fixedEvalRows,
        @Nullable Integer fixedEvalSetRows,
        @Nullable Double validationLoss,
        @Nullable Double valTrainGap,
        @JsonProperty("accuracy_last_20") @Nullable Double accuracyLast20,
        @JsonProperty("accuracy_last_50") @Nullable Double accuracyLast50,
        @Nullable Trend accuracyTrend,
        @Nullable Integer maxGoldenOutputLength,
        @Nullable Integer maxModelOutputLength,
        @Nullable Integer currentGoldenOutputLength,
        @Nullable Integer currentModelOutputLength) {

    static EvaluatedFields of(Evaluations evaluations, List<@Nullable Double> losses) {
        List<Evaluation> all = evaluations.scores().fixed();
        Evaluation newest = all.isEmpty() ? null : all.getLast();
        Evaluation.Score score = newest == null ? null : newest.score();
        Double loss = score == null ? null : finite(score.crossEntropy());
        OptionalDouble trained = losses.stream()
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .average();
        Preview latest = evaluations.latest();
        return new EvaluatedFields(
                score == null ? null : score.exactMatch(),
                loss,
                score == null ? null : finite(score.calibrationError()),
                Trend.of(crossEntropies(all), true),
                newest == null ? null : newest.globalStep(),
                score == null ? null : score.rows(),
                score == null ? null : score.setRows(),
                loss,
                loss == null || trained.isEmpty() ? null : (Double) (loss - trained.getAsDouble()),
                evaluations.accuracyOfLast(20),
                evaluations.accuracyOfLast(50),
                Trend.of(rightOrWrong(evaluations), false),
                evaluations.longest().golden(),
                evaluations.longest().model(),
                latest == null ? null : latest.goldenTokens(),
                latest == null ? null : latest.modelTokens());
    }

    /// Of weights that were asked twice, after one file and before the next, once.
    private static double[] crossEntropies(List<Evaluation> fixed) {
        return IntStream.range(0, fixed.size())
                .filter(i ->
                        i == 0 || fixed.get(i).globalStep() != fixed.get(i - 1).globalStep())
                .mapToDouble(i -> fixed.get(i).score().crossEntropy())
                .filter(Double::isFinite)
                .toArray();
    }

    private static double[] rightOrWrong(Evaluations evaluations) {
        return evaluations.matches().stream()
                .mapToDouble(match -> match ? 1 : 0)
                .toArray();
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}
