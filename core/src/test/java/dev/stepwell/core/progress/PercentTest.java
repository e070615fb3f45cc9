package dev.stepwell.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
    @ParameterizedTest
    @CsvSource({"89,118,75", "115,118,97", "21,22,95", "6,22,27", "208,237,87", "0,1,0", "1,1,100", "117,118,99"})
    void percentagesAreRoundedDown(long done, long total, int percent) {
        assertThat(Percent.floored(done, total)).isEqualTo(percent);
    }

    @Property
    void theFloorIsExactForAllNumbers(@ForAll @LongRange(min = 0) long some, @ForAll @LongRange(min = 0) long other) {
        long total = Math.max(1, Math.max(some, other));
        long done = Math.min(Math.min(some, other), total);

        assertThat(Percent.floored(done, total))
                .isEqualTo(BigInteger.valueOf(done)
                        .multiply(BigInteger.valueOf(100))
                        .divide(BigInteger.valueOf(total))
                        .intValueExact());
    }

    @Test
    void whatIsNoShareIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Percent.floored(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Percent.floored(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Percent.floored(0, 0));
    }
}
