package dev.stepwell.core.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EtaEstimatorTest {
    static final long SECOND = 1_000_000_000;

    private final EtaEstimator eta = new EtaEstimator();

    @Property
    void whateverIsMeasuredTheRangeIsInOrder(
            @ForAll @Size(min = 3, max = 400) List<@LongRange(min = 0, max = 3_600 * SECOND) Long> steps,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 100_000) Integer> overheads,
            @ForAll @LongRange(min = 0, max = 1L << 40) long left,
            @ForAll @IntRange(min = 0, max = 100_000) int waiting) {
        EtaEstimator e = new EtaEstimator();
        steps.forEach(e::step);
        for (int millis : overheads) {
            e.evaluated(Duration.ofMillis(millis));
            e.saved(Duration.ofMillis(millis));
            e.prepared(Duration.ofMillis(millis), 118);
        }
        Progress progress = new Progress(0, 0, left, 1, 1 + waiting);

        // An Eta that is negative or out of order cannot be made.
        Eta file = known(e.file(progress, true));
        Eta drain = known(e.drain(progress, true, waiting, waiting * 118L));
        assertThat(drain.seconds()).isGreaterThanOrEqualTo(file.seconds());
    }

    @Property
    void belowThreeMeasuredStepsNothingIsKnown(
            @ForAll @Size(max = 2) List<@LongRange(min = 0, max = SECOND) Long> steps) {
        EtaEstimator e = new EtaEstimator();
        steps.forEach(e::step);

        assertThat(e.file(new Progress(0, 50, 118, 1, 1), false)).isNull();
        assertThat(e.drain(new Progress(0, 50, 118, 1, 2), false, 1, 118)).isNull();
    }

    @Test
    void stepsThatACheckpointBroughtAlongDoNotChangeTheRate() {
        steps(10, SECOND);

        assertThat(seconds(new Progress(5_000, 1_000, 1_060, 1, 1))).isCloseTo(60, within(1e-9));
        assertThat(seconds(new Progress(0, 0, 60, 1, 1))).isCloseTo(60, within(1e-9));
    }

    @Test
    void oneOutlierHardlyMatters() {
        steps(50, SECOND);
        eta.step(600 * SECOND);
        steps(10, SECOND);

        assertThat(seconds(new Progress(0, 0, 100, 1, 1))).isCloseTo(100, within(1e-9));
    }

    @Test
    void recentStepsCountMore() {
        steps(200, SECOND);
        steps(200, 2 * SECOND);

        assertThat(seconds(new Progress(0, 0, 100, 1, 1))).isBetween(170.0, 200.0);
    }

    @Test
    void evaluationsAndSavesComeBackAsOftenAsTheyDid() {
        for (int i = 0; i < 5; i++) {
            steps(10, SECOND);
            eta.evaluated(Duration.ofSeconds(2));
        }
        eta.saved(Duration.ofSeconds(5));

        // 100 steps, 10 evaluations of 2 s, 2 saves of 5 s.
        assertThat(seconds(new Progress(0, 0, 100, 1, 1))).isCloseTo(130, within(1e-6));
    }

    @Test
    void anEvaluationThatIsNotYetDueDoesNotMakeTheNextOnesRarer() {
        steps(10, SECOND);
        eta.evaluated(Duration.ofSeconds(2));
        steps(9, SECOND);

        assertThat(seconds(new Progress(0, 0, 100, 1, 1))).isCloseTo(120, within(1e-6));
    }

    @Test
    void theDrainCoversWaitingFilesWithTheirPreparationAndTheirLastSave() {
        eta.prepared(Duration.ofSeconds(10), 100);
        steps(100, SECOND);
        eta.saved(Duration.ofSeconds(5));

        Eta drain = known(eta.drain(new Progress(0, 50, 100, 1, 4), false, 3, 300));

        // 350 steps, 4 files' ends, 300 steps to prepare.
        assertThat(drain.seconds()).isCloseTo(350 + 4 * 5 + 300 * 0.1, within(1e-6));
        assertThat(drain.low()).isLessThan(drain.seconds());
        assertThat(drain.high()).isGreaterThan(drain.seconds());
    }

    @Test
    void theMoreStepsVaryTheWiderTheRange() {
        steps(50, SECOND);
        Eta even = known(eta.file(new Progress(0, 0, 100, 1, 1), false));
        EtaEstimator uneven = new EtaEstimator();
        for (int i = 0; i < 25; i++) {
            uneven.step(SECOND / 2);
            uneven.step(3 * SECOND / 2);
        }
        Eta wide = known(uneven.file(new Progress(0, 0, 100, 1, 1), false));

        assertThat(wide.high() - wide.low()).isGreaterThan(2 * (even.high() - even.low()));
    }

    @Test
    void whatIsDoneTakesNoTime() {
        steps(3, SECOND);

        assertThat(eta.file(new Progress(0, 118, 118, 1, 1), false)).isEqualTo(new Eta(0, 0, 0));
    }

    private void steps(int count, long nanos) {
        for (int i = 0; i < count; i++) {
            eta.step(nanos);
        }
    }

    private double seconds(Progress progress) {
        return known(eta.file(progress, false)).seconds();
    }

    private static Eta known(@Nullable Eta eta) {
        return Objects.requireNonNull(eta);
    }
}
