package dev.stepwell.monitor.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.control.Command;
import dev.stepwell.core.control.Control;
import dev.stepwell.core.control.Effect;
import dev.stepwell.core.status.Failure;
import dev.stepwell.core.status.StatusBoard;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EffectSentenceTest {
    @Test
    void a_resume_that_cannot_make_space_is_told_which_disk_is_full() throws Exception {
        StatusBoard board = new StatusBoard();
        Control control = new Control(board);
        board.waitingForSpace(new Failure("DiskFull", "The disk of /data is full."));
        CompletableFuture<Effect> resume = control.ask(Command.RESUME);
        assertThat(control.awaitSpace(Duration.ofMillis(1))).isFalse();
        assertThat(EffectSentence.of((Effect.Refused) resume.get(20, TimeUnit.SECONDS)))
                .isEqualTo("Not resumed: it waits for space on the disk. The disk of /data is full.");
    }
}
