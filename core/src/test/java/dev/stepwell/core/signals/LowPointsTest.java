package dev.stepwell.core.signals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LowPointsTest {
    @Property
    void theGainIsWhatTheLatestAreLowerThanAllBefore(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -20, max = 20) Integer> values,
            @ForAll @IntRange(min = 1, max = 20) int window) {
        LowPoints lows = new LowPoints(window);
        values.forEach(lows::add);

        if (values.size() <= window) {
            assertThat(lows.gain()).isNull();
        } else {
            int border = values.size() - window;
            assertThat(lows.gain())
                    .isEqualTo((double) Collections.min(values.subList(0, border))
                            - Collections.min(values.subList(border, values.size())));
        }
    }
}
