package dev.stepwell.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.progress.Percent;
import dev.stepwell.core.status.Fixtures.Recorded;
import dev.stepwell.core.status.SimulatedDaemon.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.jspecify.annotations.Nullable;

class DrainPropertiesTest {
    /// A document as it was written, with what was really going on.
    private record Seen(StatusDocument document, int process, int drain, long file) {}

    @Property
    void everyDocumentKeepsTheInvariants(@ForAll("lives") List<Tuple2<Action, Integer>> life) {
        for (Seen seen : live(life)) {
            StatusDocument d = seen.document();
            if (d.file().batchStep() == null) {
                continue;
            }
            long batchStep = known(d.file().batchStep());
            long batchTotal = known(d.file().batchTotalSteps());
            int n = known(d.file().batchNumber());
            int m = known(d.file().batchQueueSize());
            assertThat(batchStep).isBetween(0L, batchTotal);
            assertThat(n).isBetween(1, m);
            assertThat(d.cumulative().currentStep()).isEqualTo(known(d.derived().baseStep()) + batchStep);
            assertThat(d.cumulative().totalSteps()).isEqualTo(known(d.derived().baseStep()) + batchTotal);
            assertThat(d.derived().filePercent()).isEqualTo(Percent.floored(batchStep, batchTotal));
            assertThat(d.derived().queuePercent()).isEqualTo(Percent.floored(n, m));
        }
    }

    @Property(tries = 100)
    void everyDocumentIsAsTheSchemaSays(@ForAll("lives") List<Tuple2<Action, Integer>> life) {
        assertThat(live(life))
                .allSatisfy(seen ->
                        assertThat(StatusSchema.violations(seen.document())).isEmpty());
    }

    @Property
    void withinADrainNeitherNNorMDecreases(@ForAll("lives") List<Tuple2<Action, Integer>> life) {
        Seen before = null;
        for (Seen seen : live(life)) {
            if (seen.document().file().batchStep() == null) {
                continue;
            }
            if (before != null && before.drain() == seen.drain()) {
                assertThat(seen.document().file().batchNumber())
                        .isGreaterThanOrEqualTo(known(before.document().file().batchNumber()));
                assertThat(seen.document().file().batchQueueSize())
                        .isGreaterThanOrEqualTo(known(before.document().file().batchQueueSize()));
            }
            before = seen;
        }
    }

    @Property
    void theStepsOfAFileAlwaysCountFromTheSameBase(@ForAll("lives") List<Tuple2<Action, Integer>> life) {
        Seen before = null;
        for (Seen seen : live(life)) {
            if (before != null
                    && before.file() == seen.file()
                    && before.document().file().batchStep() != null) {
                Long batchStep = seen.document().file().batchStep();
                if (batchStep != null) {
                    assertThat(known(seen.document().cumulative().currentStep()) - batchStep)
                            .isEqualTo(before.document().derived().baseStep());
                }
            }
            before = seen;
        }
    }

    @Property
    void stepsOnlyGoBackWhenWeightsDo(@ForAll("lives") List<Tuple2<Action, Integer>> life) {
        Seen before = null;
        for (Seen seen : live(life)) {
            Long now = seen.document().cumulative().currentStep();
            boolean rolledBack = seen.document().error().errorType() != null;
            if (before != null && before.process() == seen.process() && !rolledBack && now != null) {
                assertThat(now)
                        .isGreaterThanOrEqualTo(
                                known(before.document().cumulative().currentStep()));
            }
            before = now == null ? before : seen;
        }
    }

    @Property
    void theNumberOfADocumentGrowsByOne(@ForAll("lives") List<Tuple2<Action, Integer>> life) {
        Seen before = null;
        for (Seen seen : live(life)) {
            long seq = known(seen.document().writer().seq());
            assertThat(seq)
                    .isEqualTo(
                            before == null || before.process() != seen.process()
                                    ? 1
                                    : known(before.document().writer().seq()) + 1);
            before = seen;
        }
    }

    @Provide
    Arbitrary<List<Tuple2<Action, Integer>>> lives() {
        Arbitrary<Action> actions = Arbitraries.frequency(
                Tuple.of(4, Action.ARRIVE),
                Tuple.of(2, Action.ARRIVE_UNHEARD),
                Tuple.of(2, Action.DELIVER),
                Tuple.of(20, Action.STEP),
                Tuple.of(1, Action.STEP_NOT_FINITE),
                Tuple.of(3, Action.PREVIEW),
                Tuple.of(2, Action.EVALUATE),
                Tuple.of(2, Action.SAVE),
                Tuple.of(1, Action.FAIL_AND_RETRY),
                Tuple.of(1, Action.FAIL_FOR_GOOD),
                Tuple.of(1, Action.CRASH));
        return Combinators.combine(actions, Arbitraries.integers().between(1, 9))
                .as(Tuple::of)
                .list()
                .ofMaxSize(150);
    }

    private static List<Seen> live(List<Tuple2<Action, Integer>> life) {
        ManualTime time = new ManualTime();
        SimulatedDaemon daemon = new SimulatedDaemon(time);
        StatusBoard board = daemon.board();
        Recorded recorded = Recorded.of(board, time);
        List<Seen> all = new ArrayList<>();
        int process = 0;
        for (Tuple2<Action, Integer> next : life) {
            daemon.act(next.get1(), next.get2());
            if (daemon.board() != board) {
                board = daemon.board();
                recorded = Recorded.of(board, time);
                process++;
            }
            recorded.tickAfter(Duration.ofMillis(next.get2() * 10L));
            for (StatusDocument document : recorded.written()) {
                all.add(new Seen(document, process, daemon.drain(), fileOf(document)));
            }
            recorded.written().clear();
        }
        return all;
    }

    private static long fileOf(StatusDocument document) {
        String name = document.file().currentFile();
        return name == null ? 0 : Long.parseLong(name.substring("file_".length()));
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }
}
