package dev.stepwell.core.status;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stepwell.core.progress.Eta;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.training.Preview;
import dev.stepwell.core.training.TrainingEvent.StepCompleted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The status file, field by field. The groups exist in Java only: in JSON all fields lie side by side, under their
/// names in snake case, the original's first and in their old order. `docs/status-file.md` explains each of them.
///
/// What is unknown is null. A document read from an old writer's file has nulls for everything that came later.
public record StatusDocument(
        @Nullable String status,
        @JsonUnwrapped Cumulative cumulative,
        @Nullable Instant timestamp,
        @JsonUnwrapped Model model,
        @JsonUnwrapped File file,
        @JsonUnwrapped Answers answers,
        @JsonUnwrapped LastError error,
        @JsonUnwrapped Writer writer,
        @JsonUnwrapped Derived derived,
        @JsonUnwrapped EvaluatedFields evaluated,
        @JsonUnwrapped SignalFields signals) {
    /// Rises only when an old reader would misunderstand the file; new fields alone do not raise it.
    public static final int SCHEMA_VERSION = 1;

    /// Steps over the model's life, and what the newest step measured.
    public record Cumulative(
            @Nullable Long currentStep,
            @Nullable Long totalSteps,
            @Nullable Integer epoch,
            @Nullable Double loss,
            @Nullable Double learningRate) {}

    /// What the model was configured to say and take, in tokens.
    public record Model(
            @Nullable Integer maxOutputTokens, @Nullable Integer contextWindow) {}

    /// Progress in this file, and its place in the queue.
    public record File(
            @Nullable Long batchStep,
            @Nullable Long batchTotalSteps,
            @Nullable Integer batchNumber,
            @Nullable Integer batchQueueSize,
            @Nullable String currentFile) {}

    /// The newest preview, the ones before, and what they add up to.
    public record Answers(
            @Nullable String currentSystemPrompt,
            @Nullable String currentPrompt,
            @Nullable String goldenAnswer,
            @Nullable String modelAnswer,
            @Nullable Boolean answerMatches,
            @Nullable List<RecentExample> recentExamples,
            @Nullable Long totalEvals,
            @Nullable Long totalCorrect,
            @Nullable Double accuracyPercent,
            @Nullable List<@Nullable Double> trainLossHistory,
            @Nullable List<Double> accuracyHistory) {}

    /// A preview that was shown before. Its texts are cut shorter than the newest one's.
    public record RecentExample(
            @Nullable Long step,
            @Nullable String systemPrompt,
            @Nullable String prompt,
            @Nullable String goldenAnswer,
            @Nullable String modelAnswer,
            @Nullable Boolean answerMatches) {}

    /// The newest error; both null if there is none.
    public record LastError(
            @Nullable String errorMessage, @Nullable String errorType) {}

    /// Who wrote the file, and when it last gave a sign of life.
    public record Writer(
            @Nullable Integer schemaVersion,
            @Nullable Long seq,
            @Nullable Long pid,
            @Nullable String bootId,
            @Nullable Instant startedAt,
            @Nullable Instant heartbeatAt,
            @JsonProperty("heartbeat_interval_s") @Nullable Double heartbeatIntervalSeconds) {}

    /// What the original did not have.
    public record Derived(
            @Nullable String phase,
            @Nullable Long baseStep,
            @Nullable Long modelStep,
            @Nullable Integer filePercent,
            @Nullable Integer queuePercent,
            @Nullable Integer cumulativePercent,
            @Nullable Integer waitingFiles,
            @Nullable Long waitingSteps,
            @JsonProperty("steps_per_sec") @Nullable Double stepsPerSecond,
            @JsonProperty("tokens_per_sec") @Nullable Double tokensPerSecond,
            @Nullable Double gradientNorm,
            @Nullable TimeLeft etaFile,
            @Nullable TimeLeft etaQueue,
            @Nullable List<Alert> activeAlerts,
            @Nullable AlertSummary alertSummary,
            @Nullable MachineFigures machine) {}

    /// Time left as seen at `timestamp`.
    public record TimeLeft(
            double seconds,
            double lowSeconds,
            double highSeconds,
            @Nullable Instant finishAt) {}

    /// `snapshot` as a document of the default heartbeat.
    public static StatusDocument of(StatusSnapshot snapshot, Instant heartbeatAt) {
        return of(snapshot, heartbeatAt, StatusPublisher.DEFAULT_HEARTBEAT);
    }

    /// `snapshot` as a document.
    ///
    /// @param heartbeatAt now
    /// @param heartbeat   after how long at most the next sign of life follows
    public static StatusDocument of(StatusSnapshot snapshot, Instant heartbeatAt, Duration heartbeat) {
        LiveStatus live = snapshot.live();
        Progress progress = live.progress();
        StepCompleted step = live.step();
        Failure failure = live.failure();
        return new StatusDocument(
                live.state().word(),
                new Cumulative(
                        progress == null ? live.modelStep() : (Long) progress.currentStep(),
                        progress == null ? null : progress.totalSteps(),
                        epoch(progress, step),
                        step == null ? null : finite(step.loss()),
                        step == null ? null : finite(step.learningRate())),
                millis(snapshot.timestamp()),
                new Model(snapshot.limits().maxOutputTokens(), snapshot.limits().contextWindow()),
                file(live.currentFile(), progress),
                answers(live.evaluations(), snapshot.lossHistory()),
                failure == null
                        ? new LastError(null, null)
                        : new LastError(DisplayText.full(failure.message()), DisplayText.brief(failure.type())),
                new Writer(
                        SCHEMA_VERSION,
                        snapshot.seq(),
                        snapshot.process().pid(),
                        snapshot.process().bootId(),
                        millis(snapshot.process().startedAt()),
                        millis(heartbeatAt),
                        heartbeat.toMillis() / 1e3),
                derived(snapshot, live, progress, step),
                EvaluatedFields.of(live.evaluations(), snapshot.lossHistory()),
                SignalFields.of(snapshot.signals()));
    }

    /// The document as it is in the file.
    public JsonNode toJson() {
        return StatusJson.tree(StatusJson.write(this));
    }

    /// What the daemon says it does, or null if the word is none of ours.
    public @Nullable DaemonState state() {
        for (DaemonState state : DaemonState.values()) {
            if (state.word().equals(status)) {
                return state;
            }
        }
        return null;
    }

    /// The pass over this file. A file that goes on after a restart tells its pass with its first step.
    private static @Nullable Integer epoch(@Nullable Progress progress, @Nullable StepCompleted step) {
        if (progress == null) {
            return null;
        }
        if (progress.batchStep() == 0) {
            return 0;
        }
        return step != null && step.batchStep() == progress.batchStep() ? (Integer) step.epoch() : null;
    }

    private static File file(@Nullable String name, @Nullable Progress progress) {
        String shown = name == null ? null : DisplayText.full(name);
        return progress == null
                ? new File(null, null, null, null, shown)
                : new File(
                        progress.batchStep(),
                        progress.batchTotalSteps(),
                        progress.batchNumber(),
                        progress.batchQueueSize(),
                        shown);
    }

    private static Answers answers(Evaluations evaluations, List<@Nullable Double> losses) {
        Preview latest = evaluations.latest();
        return new Answers(
                latest == null ? null : DisplayText.fullOrNull(latest.systemPrompt()),
                latest == null ? null : DisplayText.full(latest.prompt()),
                latest == null ? null : DisplayText.full(latest.goldenAnswer()),
                latest == null ? null : DisplayText.full(latest.modelAnswer()),
                latest == null ? null : latest.matches(),
                recent(evaluations.recent()),
                evaluations.total(),
                evaluations.correct(),
                evaluations.accuracyPercent(),
                losses,
                evaluations.accuracy());
    }

    private static List<RecentExample> recent(List<Preview> previews) {
        List<RecentExample> examples = new ArrayList<>();
        for (Preview p : previews) {
            examples.add(new RecentExample(
                    p.globalStep(),
                    DisplayText.briefOrNull(p.systemPrompt()),
                    DisplayText.brief(p.prompt()),
                    DisplayText.brief(p.goldenAnswer()),
                    DisplayText.brief(p.modelAnswer()),
                    p.matches()));
        }
        return examples;
    }

    private static Derived derived(
            StatusSnapshot snapshot, LiveStatus live, @Nullable Progress progress, @Nullable StepCompleted step) {
        var phase = live.phase();
        return new Derived(
                phase == null ? null : phase.name().toLowerCase(Locale.ROOT),
                progress == null ? null : progress.baseStep(),
                live.modelStep(),
                progress == null ? null : progress.filePercent(),
                progress == null ? null : progress.queuePercent(),
                progress == null ? null : progress.cumulativePercent(),
                live.waiting().waitingFiles(),
                live.waiting().waitingSteps(),
                finite(snapshot.stepsPerSecond()),
                finite(snapshot.tokensPerSecond()),
                step == null ? null : finite(step.gradientNorm()),
                timeLeft(snapshot.fileEta(), snapshot.timestamp()),
                timeLeft(snapshot.drainEta(), snapshot.timestamp()),
                snapshot.alerts(),
                AlertSummary.of(snapshot.alerts()),
                live.machine());
    }

    private static @Nullable TimeLeft timeLeft(@Nullable Eta eta, Instant from) {
        if (eta == null) {
            return null;
        }
        boolean datable = eta.seconds() < ChronoUnit.CENTURIES.getDuration().toSeconds();
        return new TimeLeft(
                tenths(eta.seconds()),
                tenths(eta.low()),
                tenths(eta.high()),
                datable ? millis(from.plusMillis(Math.round(eta.seconds() * 1e3))) : null);
    }

    private static double tenths(double seconds) {
        return Math.rint(seconds * 10) / 10;
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || !Double.isFinite(value) ? null : value;
    }

    private static Instant millis(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
