package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.torch.testing.Tiny;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FilePlanTest {
    private static final TrainerConfig CONFIG = new Tiny.Settings().epochs(3).build();

    @Test
    void everyRowIsTrainedOnceInEveryEpochAlsoThoseThatDoNotFillAStep() {
        FilePlan plan = new FilePlan(7, "f", 100, 50, CONFIG);
        assertThat(plan.batchTotalSteps()).isEqualTo(3 * 7);
        for (int epoch = 0; epoch < 3; epoch++) {
            List<Integer> rows = new ArrayList<>();
            for (int step = 0; step < 7; step++) {
                assertThat(plan.epoch()).isEqualTo(epoch);
                List<Integer> next = plan.nextRows();
                assertThat(next).hasSize(step < 6 ? 8 : 2);
                rows.addAll(next);
                plan.advance(next.size());
            }
            assertThat(rows)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 50).boxed().toList());
        }
        assertThat(plan.done()).isTrue();
        assertThat(plan.cursor().completed()).isTrue();
        assertThat(plan.cursor().globalStep()).isEqualTo(121);
    }

    @Test
    void theStepsOfTheFirstEpochAreKnownWithoutTrainingThem() {
        FilePlan plan = new FilePlan(7, "f", 100, 50, CONFIG);
        List<List<Integer>> steps = plan.stepsOfFirstEpoch().toList();
        List<List<Integer>> trained = new ArrayList<>();
        while (plan.epoch() == 0) {
            trained.add(plan.nextRows());
            plan.advance(plan.nextRows().size());
        }
        assertThat(steps).isEqualTo(trained);
    }

    @Test
    void aPlanContinuedFromItsCursorIsTheSamePlan() {
        for (int stop = 0; stop <= 21; stop++) {
            FilePlan whole = new FilePlan(7, "f", 100, 50, CONFIG);
            for (int step = 0; step < stop; step++) {
                whole.advance(whole.nextRows().size());
            }
            FilePlan continued = new FilePlan(whole.cursor(), CONFIG);
            assertThat(continued.batchTotalSteps()).isEqualTo(21);
            while (!whole.done()) {
                assertThat(continued.nextRows()).isEqualTo(whole.nextRows());
                whole.advance(whole.nextRows().size());
                continued.advance(continued.nextRows().size());
            }
            assertThat(continued.done()).isTrue();
            assertThat(continued.cursor()).isEqualTo(whole.cursor());
        }
    }

    @Test
    void epochsFilesAndSeedsEachHaveTheirOwnOrder() {
        Set<List<Integer>> orders = new HashSet<>();
        for (int epoch = 0; epoch < 3; epoch++) {
            for (long file = 1; file <= 3; file++) {
                for (long seed = 0; seed < 3; seed++) {
                    orders.add(IntStream.of(RowOrder.of(50, seed, file, epoch))
                            .boxed()
                            .toList());
                }
            }
        }
        assertThat(orders).hasSize(27);
    }

    /// If this fails, checkpoints made before would be continued in another order: give the new order another
    /// name.
    @Test
    void theOrderIsTheOneThatCheckpointsCountOn() {
        assertThat(RowOrder.NAME).isEqualTo("splitmix64-fisher-yates-1");
        assertThat(RowOrder.of(10, 42, 7, 0)).containsExactly(8, 6, 0, 4, 2, 7, 3, 5, 1, 9);
    }

    @Test
    void rowsEndUpEverywhereEquallyOften() {
        int[] counts = new int[5];
        for (int file = 0; file < 10_000; file++) {
            int[] order = RowOrder.of(5, 1, file, 0);
            for (int position = 0; position < 5; position++) {
                if (order[position] == 0) {
                    counts[position]++;
                }
            }
        }
        assertThat(IntStream.of(counts)).allMatch(count -> count > 1_800 && count < 2_200);
    }
}
