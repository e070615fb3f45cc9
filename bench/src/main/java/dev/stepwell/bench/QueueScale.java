package dev.stepwell.bench;

import dev.stepwell.app.config.TrainerSettings;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.Claim;
import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.core.queue.Intake;
import dev.stepwell.core.queue.QueueStore;
import dev.stepwell.core.queue.Recovery;
import dev.stepwell.core.queue.Retirement;
import dev.stepwell.core.training.FileSurveyor;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingOutcome;
import dev.stepwell.data.JsonlSurveyor;
import dev.stepwell.data.rows.FieldMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/// The queue with very many small files: how long it takes to queue them all, to claim one, and to start again.
///
/// Arguments: how many files, 100,000 if not said.
public final class QueueScale {
    private static final int FEW = 10;
    private static final int CLAIMS = 200;
    private static final TrainingOutcome TRAINED =
            new TrainingOutcome.Completed(new RowLedger(3, 0, 0, 3, List.of()), 0);

    private QueueScale() {}

    /// Prints a line for each measure.
    public static void main(String[] args) throws Exception {
        int many = args.length == 0 ? 100_000 : Integer.parseInt(args[0]);
        try (BenchPlace place = new BenchPlace()) {
            BaseDirectory base = place.base();
            JsonlSurveyor surveyor =
                    new JsonlSurveyor(TrainerSettings.trainer(place.config())::plannedSteps, FieldMapping.NONE);
            long[] few = new long[CLAIMS];
            try (QueueStore store = QueueStore.open(base.database(), InstantSource.system())) {
                for (int round = 0; round < CLAIMS / FEW; round++) {
                    drop(base, round * FEW, FEW);
                    queueAll(base, store, surveyor, FEW);
                    claim(base, store, surveyor, few, round * FEW, FEW);
                }
                report("a claim with %,d files waiting".formatted(FEW), few);
                drop(base, CLAIMS, many);
                long started = System.nanoTime();
                queueAll(base, store, surveyor, many);
                double took = seconds(started);
                say("queueing %,d files took %.1f s, %,.0f files/s", many, took, many / took);
                say("heap in use with %,d files waiting: %.0f MB", many, heapMegabytes());
                long[] claims = new long[CLAIMS];
                claim(base, store, surveyor, claims, 0, CLAIMS);
                report("a claim with %,d files waiting".formatted(many), claims);
            }
            long started = System.nanoTime();
            try (QueueStore store = QueueStore.open(base.database(), InstantSource.system())) {
                new Recovery(base, store, surveyor, retirement(base, store, surveyor), FaultPoint.Observer.NONE).run();
                store.claim(0, _ -> {}, () -> {});
                say(
                        "start with %,d files waiting, until the first is claimed: %.2f s",
                        store.counts().waitingFiles(), seconds(started));
            }
            say("most memory the process ever had: %s", mostMemory());
        }
    }

    /// Files of three rows, written long enough ago to be taken at once.
    private static void drop(BaseDirectory base, int from, int count) throws IOException {
        FileTime written = FileTime.from(Instant.now().minusSeconds(60));
        for (int i = from; i < from + count; i++) {
            Path file = base.inbox().resolve("small_%06d.jsonl".formatted(i));
            Files.writeString(
                    file,
                    "{\"prompt\": \"file %d, \", \"completion\": \"yes\"}\n"
                            .formatted(i)
                            .repeat(3));
            Files.setLastModifiedTime(file, written);
        }
    }

    private static void queueAll(BaseDirectory base, QueueStore store, JsonlSurveyor surveyor, int count)
            throws InterruptedException {
        CountDownLatch all = new CountDownLatch(1);
        store.onChange(counts -> {
            if (counts.waitingFiles() == count) {
                all.countDown();
            }
        });
        try (Intake intake = new Intake(
                base,
                store,
                surveyor,
                retirement(base, store, surveyor),
                Duration.ofSeconds(10),
                InstantSource.system(),
                FaultPoint.Observer.NONE)) {
            intake.start();
            all.await();
        }
        store.onChange(_ -> {});
    }

    /// Times claims, and retires what was claimed as if it had been trained.
    private static void claim(
            BaseDirectory base, QueueStore store, FileSurveyor surveyor, long[] nanos, int from, int count)
            throws IOException {
        Retirement retirement = retirement(base, store, surveyor);
        for (int i = from; i < from + count; i++) {
            long started = System.nanoTime();
            Claim claim = store.claim(0, _ -> {}, () -> {}).orElseThrow();
            nanos[i] = System.nanoTime() - started;
            retirement.trained(claim, TRAINED, claim.earlier());
        }
    }

    private static Retirement retirement(BaseDirectory base, QueueStore store, FileSurveyor surveyor) {
        return new Retirement(base, store, surveyor, InstantSource.system(), FaultPoint.Observer.NONE);
    }

    private static void report(String what, long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        say(
                "%s: p50 %.2f ms, p99 %.2f ms",
                what, sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6);
    }

    private static double heapMegabytes() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / 1e6;
    }

    /// As Linux tells it; elsewhere it is not known.
    static String mostMemory() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> line.substring("VmHWM:".length()).strip())
                .findFirst()
                .orElse("unknown");
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void say(String line, Object... values) {
        System.out.printf(Locale.ROOT, line + "%n", values);
    }
}
