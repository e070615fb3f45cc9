package dev.stepwell.core.status;

import dev.stepwell.core.progress.Eta;
import dev.stepwell.core.signals.Signals;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything that is shown, at one moment. Immutable; the status file, the terminal, the dashboard and the metrics
/// are all rendered from it, so that no two can disagree.
///
/// @param seq             counts the snapshots of one process, from 1
/// @param process         who wrote it
/// @param timestamp       when the state was read
/// @param live            the state itself
/// @param limits          of the model, as configured
/// @param lossHistory     losses of the latest steps of this process, oldest first; null where a loss was not finite
/// @param stepsPerSecond  over the latest steps, training time only; null until two steps were measured
/// @param tokensPerSecond likewise
/// @param fileEta         time until this file is done; null until it can be known
/// @param drainEta        time until the queue is empty; null until it can be known
/// @param signals         what the steps of this process amount to
/// @param alerts          what a person should look at, the most severe first
public record StatusSnapshot(
        long seq,
        ProcessIdentity process,
        Instant timestamp,
        LiveStatus live,
        Limits limits,
        List<@Nullable Double> lossHistory,
        @Nullable Double stepsPerSecond,
        @Nullable Double tokensPerSecond,
        @Nullable Eta fileEta,
        @Nullable Eta drainEta,
        Signals signals,
        List<Alert> alerts) {
    public StatusSnapshot {
        alerts = List.copyOf(alerts);
    }

    /// The same under another number, looked at once more.
    StatusSnapshot again(long newSeq, List<Alert> newAlerts) {
        return new StatusSnapshot(
                newSeq,
                process,
                timestamp,
                live,
                limits,
                lossHistory,
                stepsPerSecond,
                tokensPerSecond,
                fileEta,
                drainEta,
                signals,
                newAlerts);
    }

    /// The process that writes: a reader that knows both can tell a new process from an old one.
    ///
    /// @param pid       its process id
    /// @param bootId    made anew at every start, so that a process id used twice is told apart
    /// @param startedAt when it started
    public record ProcessIdentity(long pid, String bootId, Instant startedAt) {}

    /// What the model was configured to take and to say.
    ///
    /// @param maxOutputTokens longest answer generated for a preview, in tokens
    /// @param contextWindow   longest row trained, in tokens
    public record Limits(int maxOutputTokens, int contextWindow) {}
}
