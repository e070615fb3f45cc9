package dev.stepwell.bench.eta;

import dev.stepwell.core.progress.Eta;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.SnapshotAssembler;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.status.StatusSnapshot;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TokenCount;
import dev.stepwell.core.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What Stepwell tells: each line goes to a real [StatusBoard], as daemon and trainer told it, at the time at which
/// they did.
final class StepwellRule implements Rule {
    private static final StatusSnapshot.ProcessIdentity PROCESS =
            new StatusSnapshot.ProcessIdentity(1, "replay", Instant.EPOCH);
    private static final StatusSnapshot.Limits LIMITS = new StatusSnapshot.Limits(48, 512);

    private double millis;
    private long revision;
    private @Nullable Phase phase;
    private StatusBoard board = board();
    private SnapshotAssembler assembler = assembler();
    private @Nullable StatusSnapshot newest;

    @Override
    public void on(Drain.Entry entry, Standing standing) {
        millis = entry.millis();
        switch (entry.line()) {
            case DrainLine.Boot _ -> {
                board = board();
                assembler = assembler();
            }
            case DrainLine.Arrived _ -> board.waiting(counts(standing));
            case DrainLine.Claimed claimed ->
                board.fileClaimed(
                        "file " + claimed.file(),
                        standing.arrived().bytes(),
                        standing.arrived().tokens(),
                        standing.progress(),
                        counts(standing));
            case DrainLine.Started started ->
                board.on(new TrainingEvent.FileStarted(started.baseStep(), started.done(), started.total()));
            case DrainLine.Tokens tokens ->
                board.on(new TrainingEvent.TokensCounted(
                        new TokenCount(tokens.tokens(), tokens.padding(), 0), tokens.passes()));
            case DrainLine.Turned turned -> {
                phase = turned.phase();
                board.on(new TrainingEvent.PhaseChanged(turned.phase()));
            }
            case DrainLine.Step step ->
                board.on(new TrainingEvent.StepCompleted(
                        standing.done(), 0, 1, 1, 1, step.tokens(), (long) (step.millis() * 1e6)));
            case DrainLine.Evaluated evaluated ->
                board.on(new TrainingEvent.EvaluationFinished(duration(evaluated.millis()), null));
            case DrainLine.Examined examined ->
                board.on(new TrainingEvent.EvaluationFinished(duration(examined.millis()), examined.next()));
            case DrainLine.Foreseen foreseen -> board.on(new TrainingEvent.ExamForeseen(foreseen.exam()));
            case DrainLine.Saved saved ->
                board.on(new TrainingEvent.CheckpointSaved(
                        standing.done(), Path.of("checkpoint"), duration(saved.millis())));
            case DrainLine.Paused _ -> board.state(DaemonState.PAUSED);
            case DrainLine.Resumed _ -> board.wentOn(phase);
            case DrainLine.Over _ -> board.state(DaemonState.COMPLETED);
            case DrainLine.Ended ended -> board.attemptEnded(attempt(standing.file()), ended(ended.outcome()));
            case DrainLine.Others _ -> {}
        }
        newest = assembler.newest(board, now());
    }

    @Override
    public @Nullable Eta file(Standing standing) {
        return newest == null ? null : newest.fileEta();
    }

    @Override
    public @Nullable Eta drain(Standing standing) {
        return newest == null ? null : newest.drainEta();
    }

    private static FileAttempt attempt(long file) {
        return new FileAttempt(file, "file " + file, 1, Instant.EPOCH, 0);
    }

    private static AttemptEnd ended(String outcome) {
        FileState state = switch (outcome) {
            case "Completed" -> FileState.COMPLETED;
            case "Skipped" -> FileState.SKIPPED;
            case "Failed" -> FileState.FAILED;
            default -> FileState.INTERRUPTED;
        };
        return new AttemptEnd(state, null, null, null, null, null);
    }

    private QueueCounts counts(Standing standing) {
        return standing.waitingCounts(++revision);
    }

    private StatusBoard board() {
        return new StatusBoard(this::now, () -> (long) (millis * 1e6));
    }

    private SnapshotAssembler assembler() {
        return SnapshotAssembler.replaying(board, PROCESS, LIMITS);
    }

    private Instant now() {
        return Instant.EPOCH.plusNanos((long) (millis * 1e6));
    }

    private static Duration duration(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
