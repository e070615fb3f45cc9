package dev.stepwell.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Effect.Reason;
import dev.stepwell.core.status.DaemonState;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.StatusBoard;
import dev.stepwell.core.training.StepControl.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ControlTest {
    private final StatusBoard board = new StatusBoard();
    private final Control control = new Control(board);

    @Test
    void a_stop_is_seen_at_the_next_step_and_answered_when_all_has_ended() throws Exception {
        assertThat(control.signal()).isEqualTo(Signal.CONTINUE);
        CompletableFuture<Effect> stop = control.ask(Command.STOP);
        CompletableFuture<Effect> again = control.ask(Command.STOP);
        assertThat(control.signal()).isEqualTo(Signal.STOP);
        assertThat(control.stopRequested()).isTrue();
        assertThat(stop).isNotDone();
        board.state(DaemonState.STOPPED);
        control.ended(false);
        assertThat(done(stop).now().state()).isEqualTo(DaemonState.STOPPED);
        assertThat(done(again).now().state()).isEqualTo(DaemonState.STOPPED);
        assertThat(done(control.ask(Command.STOP)).command()).isEqualTo(Command.STOP);
        assertThat(reason(control.ask(Command.PAUSE))).isEqualTo(Reason.ENDED);
    }

    @Test
    void whoever_waits_is_woken_after_the_signal_is_set() {
        List<Signal> seen = new ArrayList<>();
        control.onSignal(() -> seen.add(control.signal()));
        assertThat(control.ask(Command.STOP)).isNotDone();
        assertThat(seen).containsExactly(Signal.STOP);
    }

    @Test
    void a_pause_is_answered_when_the_training_thread_waits_and_the_board_says_so() throws Exception {
        CompletableFuture<Effect> pause = control.ask(Command.PAUSE);
        assertThat(pause).isNotDone();
        CompletableFuture<Void> training = CompletableFuture.runAsync(control::hold);
        assertThat(done(pause).now().state()).isEqualTo(DaemonState.PAUSED);
        assertThat(done(control.ask(Command.PAUSE)).now().state()).isEqualTo(DaemonState.PAUSED);
        CompletableFuture<Effect> resume = control.ask(Command.RESUME);
        training.get(20, TimeUnit.SECONDS);
        assertThat(resume).isNotDone(); // Nothing was begun yet.
        board.state(DaemonState.IDLE);
        control.wentOn();
        assertThat(done(resume).now().state()).isEqualTo(DaemonState.IDLE);
    }

    @Test
    void what_cannot_be_is_refused_at_once_with_the_reason() throws Exception {
        assertThat(reason(control.ask(Command.SKIP))).isEqualTo(Reason.NOTHING_TO_SKIP);
        assertThat(reason(control.ask(Command.RESUME))).isEqualTo(Reason.NOT_PAUSED);
        assertThat(control.signal()).isEqualTo(Signal.CONTINUE);
        assertThat(control.ask(Command.STOP)).isNotDone();
        for (Command late : List.of(Command.PAUSE, Command.RESUME, Command.SKIP)) {
            assertThat(reason(control.ask(late))).isEqualTo(Reason.STOPPING);
        }
    }

    @Test
    void a_pause_that_is_taken_back_before_it_took_effect_is_refused() throws Exception {
        CompletableFuture<Effect> pause = control.ask(Command.PAUSE);
        assertThat(done(control.ask(Command.RESUME)).command()).isEqualTo(Command.RESUME);
        assertThat(reason(pause)).isEqualTo(Reason.RESUMED);
        assertThat(control.signal()).isEqualTo(Signal.CONTINUE);
        control.hold(); // The training thread, which saw the pause: it must not wait.
    }

    @Test
    void a_skip_of_a_file_that_ended_first_is_refused_and_spares_the_next_file() throws Exception {
        control.fileBegan();
        CompletableFuture<Effect> skip = control.ask(Command.SKIP);
        assertThat(control.signal()).isEqualTo(Signal.SKIP);
        control.fileEnded(Control.FileEnd.SETTLED);
        assertThat(reason(skip)).isEqualTo(Reason.FILE_ENDED);
        assertThat(control.signal()).isEqualTo(Signal.CONTINUE);
    }

    @Test
    void a_stop_after_the_file_lets_it_come_to_its_end() throws Exception {
        control.fileBegan();
        CompletableFuture<Effect> stop = control.ask(Command.STOP_AFTER_FILE);
        assertThat(control.signal()).isEqualTo(Signal.CONTINUE);
        control.fileEnded(Control.FileEnd.SETTLED);
        assertThat(control.signal()).isEqualTo(Signal.STOP);
        control.ended(false);
        assertThat(((Effect.Done) done(stop)).midFile()).isFalse();
    }

    @Test
    void a_crash_answers_everything_that_is_open_and_claims_nothing() throws Exception {
        control.fileBegan();
        CompletableFuture<Effect> skip = control.ask(Command.SKIP);
        CompletableFuture<Effect> stop = control.ask(Command.STOP);
        control.ended(true);
        assertThat(reason(skip)).isEqualTo(Reason.CRASHED);
        assertThat(reason(stop)).isEqualTo(Reason.CRASHED);
    }

    @Test
    void a_resume_while_the_disk_is_full_has_it_tried_at_once_and_tells_what_came_of_it() throws Exception {
        board.waitingForSpace(new Failure("DiskFull", "The disk is full."));
        CompletableFuture<Effect> first = control.ask(Command.RESUME);
        assertThat(first).isNotDone();
        CompletableFuture<Boolean> training =
                CompletableFuture.supplyAsync(() -> control.awaitSpace(Duration.ofMinutes(10)));
        assertThat(reason(first)).isEqualTo(Reason.NO_SPACE); // So the training thread waits now.
        CompletableFuture<Effect> second = control.ask(Command.RESUME);
        assertThat(training.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(second).isNotDone();
        board.spaceFound(DaemonState.TRAINING);
        control.wentOn();
        assertThat(done(second).now().state()).isEqualTo(DaemonState.TRAINING);
        assertThat(reason(control.ask(Command.RESUME))).isEqualTo(Reason.NOT_PAUSED);
    }

    @Test
    void a_stop_ends_the_wait_for_space_and_a_pause_does_not_but_stays_wanted() throws Exception {
        board.waitingForSpace(new Failure("DiskFull", "The disk is full."));
        CompletableFuture<Boolean> training =
                CompletableFuture.supplyAsync(() -> control.awaitSpace(Duration.ofMinutes(10)));
        CompletableFuture<Effect> pause = control.ask(Command.PAUSE);
        assertThat(pause).isNotDone();
        assertThat(control.signal()).isEqualTo(Signal.PAUSE);
        assertThat(control.ask(Command.STOP)).isNotDone();
        assertThat(training.get(20, TimeUnit.SECONDS)).isFalse();
        control.ended(false);
        assertThat(reason(pause)).isEqualTo(Reason.ENDED);
    }

    private static Effect done(CompletableFuture<Effect> answer) throws Exception {
        Effect effect = answer.get(20, TimeUnit.SECONDS);
        assertThat(effect).isInstanceOf(Effect.Done.class);
        return effect;
    }

    private static Reason reason(CompletableFuture<Effect> answer) throws Exception {
        return ((Effect.Refused) answer.get(20, TimeUnit.SECONDS)).reason();
    }
}
