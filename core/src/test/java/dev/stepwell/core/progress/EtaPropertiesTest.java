package dev.stepwell.core.progress;

import static dev.stepwell.core.progress.EtaEstimatorTest.SECOND;
import static dev.stepwell.core.progress.EtaEstimatorTest.known;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/// What holds of the time left whatever was measured.
class EtaPropertiesTest {
    @Property
    void whateverIsMeasuredTheRangeIsInOrder(
            @ForAll @Size(min = 3, max = 400) List<@LongRange(min = 0, max = 3_600 * SECOND) Long> steps,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 100_000) Integer> overheads,
            @ForAll @IntRange(min = 0, max = 5_000) int tokens,
            @ForAll @LongRange(min = 0, max = 1L << 40) long left,
            @ForAll @IntRange(min = 0, max = 100_000) int waiting,
            @ForAll @LongRange(min = 0, max = 1L << 50) long bytes) {
        EtaEstimator e = measured(steps, overheads, tokens);
        Progress progress = new Progress(0, 0, left, 1, 1 + waiting);

        // An Eta that is negative or out of order cannot be made.
        Eta file = known(e.file(progress));
        Eta drain = known(e.drain(progress, new Backlog(waiting, waiting * 118L, waiting * bytes / 1_000)));
        assertThat(file.high()).isGreaterThanOrEqualTo(0);
        assertThat(drain.high()).isGreaterThanOrEqualTo(0);
    }

    @Property
    void belowThreeMeasuredStepsNothingIsKnown(
            @ForAll @Size(max = 2) List<@LongRange(min = 0, max = SECOND) Long> steps,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 100_000) Integer> overheads,
            @ForAll @LongRange(min = 0, max = 118) long restored) {
        EtaEstimator e = measured(steps, overheads, 100);

        assertThat(e.file(new Progress(0, restored, 118, 1, 1))).isNull();
        assertThat(e.drain(new Progress(0, restored, 118, 1, 2), new Backlog(1, 118, 1_000)))
                .isNull();
    }

    @Property
    void theMoreStepsAreLeftTheLongerItTakes(
            @ForAll @Size(min = 3, max = 400) List<@LongRange(min = 0, max = 3_600 * SECOND) Long> steps,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 100_000) Integer> overheads,
            @ForAll @IntRange(min = 1, max = 5_000) int tokens,
            @ForAll @IntRange(min = 1, max = 10_000) int total,
            @ForAll @IntRange(min = 0, max = 10_000) int one,
            @ForAll @IntRange(min = 0, max = 10_000) int other) {
        EtaEstimator e = measured(steps, overheads, tokens);
        long fewer = Math.min(total, Math.min(one, other));
        long more = Math.min(total, Math.max(one, other));

        double shorter =
                known(e.file(new Progress(0, total - fewer, total, 1, 1))).seconds();
        double longer =
                known(e.file(new Progress(0, total - more, total, 1, 1))).seconds();
        assertThat(shorter).isLessThanOrEqualTo(longer * (1 + 1e-9));
    }

    @Property
    void aWaitingFileMoreNeverMakesItShorter(
            @ForAll @Size(min = 3, max = 400) List<@LongRange(min = 0, max = 3_600 * SECOND) Long> steps,
            @ForAll @Size(max = 20) List<@IntRange(min = 0, max = 100_000) Integer> overheads,
            @ForAll @IntRange(min = 0, max = 1_000) int files) {
        EtaEstimator e = measured(steps, overheads, 300);
        Progress progress = new Progress(0, 5, 118, 1, 1 + files);

        double without = known(e.drain(progress, backlog(files))).seconds();
        double with = known(e.drain(progress, backlog(files + 1))).seconds();
        assertThat(without).isLessThanOrEqualTo(with * (1 + 1e-9));
    }

    private static Backlog backlog(int files) {
        return new Backlog(files, files * 118L, files * 40_000L);
    }

    /// An estimator in the middle of a file, with overheads of every kind.
    private static EtaEstimator measured(List<Long> steps, List<Integer> overheads, int tokens) {
        EtaEstimator e = new EtaEstimator();
        Progress planned = new Progress(0, 0, 1_000, 1, 1);
        for (int millis : overheads) {
            Duration took = Duration.ofMillis(millis);
            e.claimed(40_000, 0, planned);
            e.prepared(took, planned);
            e.evaluated(took, planned);
            e.saved(took, planned);
        }
        e.claimed(40_000, 0, planned);
        e.prepared(Duration.ZERO, planned);
        e.counted(tokens * 1_000L, planned);
        long done = 0;
        for (long nanos : steps) {
            e.step(nanos, tokens + (int) (done % 5) * tokens / 10);
            done++;
            if (!overheads.isEmpty() && done % 7 == 0) {
                Duration took = Duration.ofMillis(overheads.get((int) (done % overheads.size())));
                e.evaluated(took, planned.atStep(done));
                e.saved(took, planned.atStep(done));
            }
        }
        return e;
    }
}
