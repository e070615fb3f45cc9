package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.progress.Eta;
import dev.stepwell.core.progress.Progress;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.FileAttempt;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TokenCount;
import dev.stepwell.core.training.TrainingEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimeLeftTest {
    private static final int STEPS = 20;
    private static final Duration STEP = Duration.ofSeconds(2);
    private static final Duration SAVE = Duration.ofSeconds(5);
    private static final Duration FILING = Duration.ofSeconds(1);
    private static final Duration READING = Duration.ofSeconds(3);

    private final ManualTime time = new ManualTime();
    private final StatusBoard board = new StatusBoard(time, time::nanos);
    private final SnapshotAssembler assembler = SnapshotAssembler.replaying(board, Fixtures.PROCESS, Fixtures.LIMITS);

    @Test
    void theFileThatWaitsTakesWhatTheFilesBeforeTook() {
        for (int n = 1; n <= 2; n++) {
            file(n, 3 - n, List.of());
        }
        claim(3, 0);
        time.advance(READING);
        start();

        // Its steps, its checkpoint and its filing; it is read.
        assertThat(seconds(newest().fileEta())).isCloseTo(STEPS * 2 + 5 + 1, within(1e-6));
    }

    @Test
    void whatWaitsIsReadSavedAndFiledToo() {
        for (int n = 1; n <= 2; n++) {
            file(n, 5 - n, List.of());
        }
        claim(3, 2);
        time.advance(READING);
        start();

        assertThat(seconds(newest().drainEta())).isCloseTo(3 * (STEPS * 2 + 5 + 1) + 2 * 3, within(1e-6));
    }

    @Property(tries = 100)
    void neitherPausesNorIdleTimeEnter(
            @ForAll @Size(min = 3, max = 12) List<@IntRange(min = 0, max = 86_400) Integer> rests) {
        TimeLeftTest undisturbed = new TimeLeftTest();
        TimeLeftTest disturbed = new TimeLeftTest();
        List<@Nullable Eta> expected = new ArrayList<>();
        List<@Nullable Eta> told = new ArrayList<>();
        for (int n = 1; n <= 3; n++) {
            undisturbed.file(n, 3 - n, List.of());
            expected.add(undisturbed.inNext(n + 1));
            disturbed.file(n, 3 - n, rests);
            disturbed.rest(rests.get(n - 1));
            told.add(disturbed.inNext(n + 1));
        }

        assertThat(told).isEqualTo(expected).doesNotContainNull();
    }

    /// Idle, or paused between two files.
    private void rest(int seconds) {
        if (seconds == 0) {
            return;
        }
        board.state(seconds % 2 == 0 ? DaemonState.IDLE : DaemonState.PAUSED);
        time.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void whileNothingIsTrainedNothingIsLeft() {
        file(1, 0, List.of());
        board.state(DaemonState.IDLE);
        assertThat(newest().fileEta()).isNull();

        claim(2, 0);
        assertThat(newest().fileEta()).isNotNull();
        board.state(DaemonState.PAUSED);
        assertThat(newest().fileEta()).isNull();
        assertThat(newest().drainEta()).isNull();
    }

    @Test
    void waitingForSpaceIsNotHowLongAFileTakesToEnd() {
        file(1, 1, List.of());
        claim(2, 0);
        start();
        steps(STEPS, List.of());
        board.on(new TrainingEvent.PhaseChanged(Phase.SAVING));
        board.waitingForSpace(new Failure("DiskFull", "no space"));
        time.advance(Duration.ofHours(5));
        board.spaceFound(DaemonState.TRAINING);
        save();
        time.advance(FILING);
        claim(3, 0);
        start();

        assertThat(seconds(newest().fileEta())).isCloseTo(STEPS * 2 + 5 + 1, within(1e-6));
    }

    private @Nullable Eta inNext(int number) {
        claim(number, 0);
        start();
        steps(5, List.of());
        return newest().drainEta();
    }

    /// A whole file, paused once after each of the first of its steps, for as many seconds.
    private void file(int number, int waiting, List<Integer> pauses) {
        claim(number, waiting);
        time.advance(READING);
        start();
        steps(STEPS, pauses);
        save();
        pauses.forEach(seconds -> pause(seconds, Phase.EVALUATING));
        time.advance(FILING);
        board.attemptEnded(
                new FileAttempt(number, "file_" + number, 1, Instant.EPOCH, 0),
                new AttemptEnd(FileState.COMPLETED, null, null, null, null, null));
    }

    private void claim(int number, int waiting) {
        board.fileClaimed(
                "file_" + number,
                1_000,
                new Progress(0, 0, STEPS, number, number + waiting),
                new QueueCounts(number, waiting, (long) waiting * STEPS, waiting * 1_000L));
    }

    private void start() {
        board.on(new TrainingEvent.FileStarted(0, 0, STEPS));
        board.on(new TrainingEvent.PhaseChanged(Phase.TRAINING));
        board.on(new TrainingEvent.TokensCounted(new TokenCount(STEPS * 50L, 0, 0), 2));
    }

    private void steps(int count, List<Integer> pauses) {
        for (int step = 1; step <= count; step++) {
            time.advance(STEP);
            board.on(new TrainingEvent.StepCompleted(step, 0, 1, 1, 1, 100, STEP.toNanos()));
            if (step <= pauses.size()) {
                save(); // For the pause, and not because its turn has come.
                pause(pauses.get(step - 1), Phase.TRAINING);
            }
        }
    }

    private void pause(int seconds, Phase phase) {
        newest();
        board.state(DaemonState.PAUSED);
        newest();
        time.advance(Duration.ofSeconds(seconds));
        board.wentOn(phase);
    }

    private void save() {
        time.advance(SAVE);
        board.on(new TrainingEvent.CheckpointSaved(STEPS, Path.of("checkpoint"), SAVE));
    }

    private StatusSnapshot newest() {
        return assembler.newest(board, time.instant());
    }

    private static double seconds(@Nullable Eta eta) {
        return Objects.requireNonNull(eta).seconds();
    }
}
