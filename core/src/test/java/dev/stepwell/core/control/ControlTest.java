package dev.stepwell.core.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlTest {
    private final Control control = new Control();

    @Test
    void a_stop_is_seen_at_the_next_step_and_cannot_be_taken_back() {
        assertThat(control.signal()).isEqualTo(StepControl.Signal.CONTINUE);
        control.stop();
        assertThat(control.signal()).isEqualTo(StepControl.Signal.STOP);
        assertThat(control.stopRequested()).isTrue();
    }

    @Test
    void whoever_waits_is_woken_after_the_signal_is_set() {
        List<StepControl.Signal> seen = new ArrayList<>();
        control.onSignal(() -> seen.add(control.signal()));
        control.stop();
        assertThat(seen).containsExactly(StepControl.Signal.STOP);
    }
}
