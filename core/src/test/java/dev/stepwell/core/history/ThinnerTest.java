package dev.stepwell.core.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stepwell.core.io.SqliteFile;
import dev.stepwell.core.training.Evaluation.Occasion;
import dev.stepwell.core.training.Evaluation.Subject;
import dev.stepwell.core.training.Preview;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A million steps of two hundred files, with spikes, thinned to a fraction.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThinnerTest {
    private static final int STEPS = 1_000_000;
    private static final int STEPS_OF_FILE = 5_000;
    private static final int FILES = STEPS / STEPS_OF_FILE;
    private static final int BATCH = 50_000;
    private static final long BUDGET = 8_000_000;
    private static final String WHOLE = "whole.db";
    private static final String THINNED = "thinned.db";

    @TempDir
    static Path folder;

    private final double[] loss = new double[STEPS + 1];
    private final double[] norm = new double[STEPS + 1];
    private long left;

    @BeforeAll
    void makeAMillionSteps() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        for (int step = 1; step <= STEPS; step++) {
            loss[step] = 2 * Math.exp(-step / 300_000.0) + 0.05 * random.nextDouble();
            norm[step] = 0.5 + random.nextDouble();
            if (isSpike(step)) {
                loss[step] = 20 + random.nextDouble();
                norm[step] = 90 + random.nextDouble();
            }
        }
        fill(WHOLE, STEPS);
        Path thinned = copy(WHOLE, THINNED);
        left = thin(thinned, BUDGET);
    }

    private static boolean isSpike(long step) {
        return step % 20_011 == 77;
    }

    private static long[] spikes(long last) {
        return LongStream.rangeClosed(1, last).filter(ThinnerTest::isSpike).toArray();
    }

    private void fill(String name, int last) {
        try (Handle handle = SqliteFile.open(folder.resolve(name), SqliteFile.Durability.PROCESS)) {
            HistorySchema.prepare(handle);
            HistoryWriter writer = new HistoryWriter(handle, "one");
            for (int from = 1; from <= last; from += BATCH) {
                writer.write(records(from, from + BATCH - 1));
            }
        }
    }

    private List<HistoryRecord> records(int from, int to) {
        List<HistoryRecord> records = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            Instant at = Instant.ofEpochMilli(i * 100L);
            if (i % STEPS_OF_FILE == 1) {
                records.add(new HistoryRecord.Marked(
                        new Mark(Mark.Kind.FILE, i - 1, at.toEpochMilli(), "%d.jsonl".formatted(i))));
            }
            records.add(new HistoryRecord.Step(i, at, Histories.step(i, loss[i])));
            if (i % 500 == 0) {
                boolean right = i % 1_000 == 0;
                records.add(new HistoryRecord.Previewed(
                        new Preview(i, null, "p" + i, "g", right ? "g" : "a", right), 50, at));
                records.add(new HistoryRecord.Scored(
                        Histories.evaluation(
                                i,
                                i % STEPS_OF_FILE == 0 ? Occasion.AFTER : Occasion.DURING,
                                i / STEPS_OF_FILE,
                                new Subject.Fixed(),
                                loss[i],
                                5),
                        at));
            }
        }
        return records;
    }

    @Test
    void aMillionStepsFitIntoTheirBudgetAndALoweredOneMakesTheFileSmaller() throws IOException {
        Path database = copy(THINNED, "lowered.db");

        assertThat(Files.size(folder.resolve(WHOLE))).isGreaterThan(5 * BUDGET);
        assertThat(left).as("steps left").isBetween(50_000L, 200_000L);
        assertThat(Files.size(database)).isLessThan(BUDGET * 5 / 4);
        assertThat(thin(database, BUDGET / 2)).isLessThan(left);
        assertThat(Files.size(database)).isLessThan(BUDGET * 5 / 8);
    }

    @Test
    void whatMustBeKeptIsKept() {
        try (HistoryReader reader = HistoryReader.open(folder.resolve(THINNED))) {
            Curve curve = reader.curve(Metric.LOSS, 0, STEPS);
            assertThat(reader.extent()).contains(new HistoryReader.Extent(1, STEPS));
            assertThat(reader.files(0, STEPS)).hasSize(FILES);
            assertThat(curve.steps())
                    .as("the first and the last step of each file")
                    .contains(LongStream.range(0, FILES)
                            .flatMap(file -> LongStream.of(file * STEPS_OF_FILE + 1, (file + 1) * STEPS_OF_FILE))
                            .toArray());
            assertThat(curve.steps()).as("every spike").contains(spikes(STEPS));
            assertThat(curve.steps())
                    .as("the newest steps")
                    .endsWith(LongStream.rangeClosed(STEPS - Thinner.RECENT + 1, STEPS)
                            .toArray());
            for (int i = 0; i < curve.size(); i++) {
                assertThat(curve.values()[i]).isEqualTo(loss[(int) curve.steps()[i]]);
            }
            assertThat(reader.events().evaluations(0, STEPS).stream()
                            .filter(e -> e.evaluation().occasion() == Occasion.AFTER))
                    .hasSize(FILES);
            assertThat(reader.events().previews(0, STEPS).stream()
                            .map(PastPreview::globalStep)
                            .filter(step -> step % STEPS_OF_FILE == 0))
                    .as("the last preview of each file")
                    .hasSize(FILES);
        }
    }

    @Test
    void aChartLooksAsBefore() {
        Curve before = chart(folder.resolve(WHOLE));
        Curve after = chart(folder.resolve(THINNED));

        // The same range in each fiftieth of the chart, to the width of a line.
        for (int part = 0; part < 50; part++) {
            long from = part * (STEPS / 50L);
            double[] was = between(before, from, from + STEPS / 50);
            double[] is = between(after, from, from + STEPS / 50);
            assertThat(max(is)).as("the highest from step %d on", from).isCloseTo(max(was), within(0.02));
            assertThat(min(is)).as("the lowest from step %d on", from).isCloseTo(min(was), within(0.02));
        }
    }

    private static Curve chart(Path database) {
        try (HistoryReader reader = HistoryReader.open(database)) {
            return reader.curve(Metric.LOSS, 0, STEPS).downsampled(2_000);
        }
    }

    private static double[] between(Curve curve, long from, long to) {
        return IntStream.range(0, curve.size())
                .filter(i -> curve.steps()[i] > from && curve.steps()[i] <= to)
                .mapToDouble(i -> curve.values()[i])
                .toArray();
    }

    private static double min(double... values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double max(double... values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    @Test
    void aProcessThatIsKilledWhileItThinsLosesNothingThatMustBeKept() throws Exception {
        int steps = 2 * BATCH;
        long budget = 2_000_000;
        fill("killed.db", steps);
        Path database = folder.resolve("killed.db");
        for (int pieces = 1; pieces <= 3; pieces++) {
            Process process = ThinningProcess.start(database, budget);
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < pieces; i++) {
                    assertThat(out.readLine()).isEqualTo("tended");
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        thin(database, budget);

        try (Handle handle = SqliteFile.openToRead(database);
                HistoryReader reader = HistoryReader.open(database)) {
            assertThat(handle.createQuery("PRAGMA integrity_check")
                            .mapTo(String.class)
                            .list())
                    .containsExactly("ok");
            assertThat(reader.curve(Metric.LOSS, 0, steps).steps())
                    .contains(spikes(steps))
                    .contains(LongStream.rangeClosed(1, steps / STEPS_OF_FILE)
                            .map(file -> file * STEPS_OF_FILE)
                            .toArray());
        }
    }

    @Test
    void whereWeightsGoBackTheNewStepsAreThinnedLikeOthersAndTheLostOnesGoFirst() throws IOException {
        Path database = copy(THINNED, "back.db");
        long from = 400_001;
        try (Handle handle = SqliteFile.open(database, SqliteFile.Durability.PROCESS)) {
            HistoryWriter writer = new HistoryWriter(handle, "two");
            List<HistoryRecord> again = new ArrayList<>();
            for (long step = from; step < from + 100_000; step++) {
                again.add(new HistoryRecord.Step(
                        step, Instant.ofEpochMilli(STEPS * 100L + step), Histories.step(step, 0.5)));
            }
            writer.write(again);
        }

        thin(database, BUDGET / 2);

        try (HistoryReader reader = HistoryReader.open(database);
                Handle handle = SqliteFile.openToRead(database)) {
            assertThat(reader.extent()).contains(new HistoryReader.Extent(1, from + 99_999));
            assertThat(reader.curve(Metric.LOSS, from, STEPS).values()).containsOnly(0.5);
            assertThat(handle.createQuery("SELECT count(*) FROM step WHERE segment_id = 1 AND global_step >= :from")
                            .bind("from", from)
                            .mapTo(long.class)
                            .one())
                    .as("steps that are lost")
                    .isZero();
            assertThat(reader.curve(Metric.LOSS, 0, STEPS).size()).isLessThan(100_000);
        }
    }

    @Test
    void withinItsBudgetNothingIsThinned() throws IOException {
        assertThat(thin(copy(WHOLE, "roomy.db"), 200_000_000)).isEqualTo(STEPS);
    }

    /// @return the steps that are left
    private static long thin(Path database, long budget) {
        try (Handle handle = SqliteFile.open(database, SqliteFile.Durability.PROCESS)) {
            Thinner thinner = new Thinner(handle, budget);
            long pages;
            do {
                pages = handle.createQuery("PRAGMA page_count")
                        .mapTo(long.class)
                        .one();
            } while (thinner.tend()
                    || pages
                            > handle.createQuery("PRAGMA page_count")
                                    .mapTo(long.class)
                                    .one());
            assertThat(thinner.used()).isLessThanOrEqualTo(budget);
            return handle.createQuery("SELECT count(*) FROM step")
                    .mapTo(long.class)
                    .one();
        }
    }

    private static Path copy(String from, String to) throws IOException {
        return Files.copy(folder.resolve(from), folder.resolve(to));
    }
}
