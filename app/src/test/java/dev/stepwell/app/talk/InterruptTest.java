package dev.stepwell.app.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class InterruptTest {
    @Test
    void theSignalOfCtrlCAsksForTheEndOnceForEachThatIsOpen() throws IOException {
        for (int round = 0; round < 2; round++) {
            try (Interrupt interrupt = new Interrupt()) {
                assertThat(interrupt.asked()).isFalse();
                new ProcessBuilder(
                                "kill",
                                "-INT",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
                    while (!interrupt.asked()) {
                        Thread.onSpinWait();
                    }
                });
            }
        }
    }
}
