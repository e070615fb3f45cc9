package dev.stepwell.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ProgressTest {
    @Test
    void theOriginalsVerificationHolds() {
        Progress progress = new Progress(119, 89, 118, 6, 22);

        assertThat(progress.currentStep()).isEqualTo(208);
        assertThat(progress.totalSteps()).isEqualTo(237);
        assertThat(progress.filePercent()).isEqualTo(75);
        assertThat(progress.queuePercent()).isEqualTo(27);
    }

    @Property
    void aProgressThatExistsKeepsTheInvariants(
            @ForAll long base, @ForAll long step, @ForAll long total, @ForAll int number, @ForAll int size) {
        boolean allowed = base >= 0
                && step >= 0
                && step <= total
                && number >= 1
                && number <= size
                && total <= Long.MAX_VALUE - base;
        if (!allowed) {
            assertThatIllegalArgumentException().isThrownBy(() -> new Progress(base, step, total, number, size));
            return;
        }
        Progress progress = new Progress(base, step, total, number, size);
        assertThat(progress.currentStep() - progress.batchStep()).isEqualTo(base);
        assertThat(progress.currentStep()).isLessThanOrEqualTo(progress.totalSteps());
        assertThat(progress.filePercent() == 100).isEqualTo(step == total);
        assertThat(progress.queuePercent() == 100).isEqualTo(number == size);
    }
}
