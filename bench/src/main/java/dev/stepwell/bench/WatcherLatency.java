package dev.stepwell.bench;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.io.Trees;
import dev.stepwell.core.status.StatusDocument;
import dev.stepwell.core.status.StatusReader;
import dev.stepwell.core.status.StatusReading;
import dev.stepwell.monitor.web.ApiServer;
import dev.stepwell.monitor.web.DaemonFile;
import dev.stepwell.monitor.web.Entrance;
import dev.stepwell.monitor.web.Sessions;
import dev.stepwell.monitor.web.Site;
import dev.stepwell.monitor.web.StatusStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Time from the publication of a status until every watcher has read it, over real connections on loopback:
/// `bench/watchers.sh` runs it. The server has this process to itself; the watchers are [in others][WatcherCrowd].
///
/// The arguments are the number of watchers and the seconds to measure. A status as large as a training daemon's is
/// published ten times a second, as often as a daemon does at most.
public final class WatcherLatency {
    private static final int PER_SECOND = 10;
    private static final int WARM_UP_SECONDS = 5;
    /// Of one process, which has two of the files that it may open for each.
    private static final int CROWD = 5_000;

    private final int watchers;
    private final int documents;

    private WatcherLatency(int watchers, int seconds) {
        this.watchers = watchers;
        this.documents = (WARM_UP_SECONDS + seconds) * PER_SECOND;
    }

    /// Prints percentiles in milliseconds, and what of the heap was taken at most.
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("watchers");
        try {
            new WatcherLatency(Integer.parseInt(args[0]), Integer.parseInt(args[1])).run(folder);
        } finally {
            Trees.delete(folder);
        }
    }

    private void run(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("run"));
        Sessions sessions = Sessions.open(new BaseDirectory(folder), InstantSource.system());
        StatusStream stream = new StatusStream("bench");
        String token = DaemonFile.newToken();
        Site site = new Site(List.of(), List.of(), new Site.Viewed(sessions, stream));
        Entrance entrance = new Entrance("127.0.0.1", 0, token, Set.of(), null, watchers);
        try (PublicationTimes published = PublicationTimes.create(folder.resolve("published"), documents);
                ApiServer server = ApiServer.start(site, entrance)) {
            stream.offer(document(0));
            List<WatcherCrowd.Started> crowds = new ArrayList<>();
            for (int begun = 0; begun < watchers; begun += CROWD) {
                crowds.add(WatcherCrowd.start(
                        new WatcherCrowd.Task(
                                server.port(),
                                token,
                                Math.min(CROWD, watchers - begun),
                                WARM_UP_SECONDS * PER_SECOND,
                                documents),
                        folder.resolve("published")));
            }
            for (WatcherCrowd.Started crowd : crowds) {
                crowd.awaitConnected();
            }
            long heap = publish(stream, published);
            stream.close();
            List<Long> nanos = new ArrayList<>();
            for (WatcherCrowd.Started crowd : crowds) {
                nanos.addAll(crowd.nanos());
            }
            report(nanos, heap);
        }
    }

    /// @return bytes of the heap that were taken at most
    private long publish(StatusStream stream, PublicationTimes published) throws InterruptedException {
        long heap = 0;
        long next = System.nanoTime();
        for (int i = 1; i < documents; i++) {
            next += 1_000_000_000L / PER_SECOND;
            StatusDocument document = document(i);
            Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
            published.set(i, System.nanoTime());
            stream.offer(document);
            heap = Math.max(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return heap;
    }

    private void report(List<Long> nanos, long heap) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        long sent = (long) watchers * (documents - WARM_UP_SECONDS * PER_SECOND);
        System.out.printf(
                "%,d watchers, %,d of %,d statuses read, the others passed over: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; heap of the server at most %,d MB%n",
                watchers,
                sorted.length,
                sent,
                sorted[sorted.length / 2] / 1e6,
                sorted[sorted.length * 99 / 100] / 1e6,
                Arrays.stream(sorted).max().orElseThrow() / 1e6,
                heap >> 20);
    }

    private static StatusDocument document(int seq) {
        String losses = DoubleStream.iterate(7.123456789, loss -> loss * 0.99)
                .limit(100)
                .mapToObj(Double::toString)
                .collect(Collectors.joining(", "));
        String json = """
                {"status": "training", "schema_version": 1, "seq": %d, "boot_id": "bench", "current_step": %d,
                 "batch_step": %d, "batch_total_steps": 1000000, "current_file": "lessons.jsonl", "loss": 1.5,
                 "current_prompt": "%s", "golden_answer": "%s", "model_answer": "%s", "train_loss_history": [%s]}""".formatted(seq, seq, seq, "word ".repeat(200), "word ".repeat(40), "word ".repeat(40), losses);
        return ((StatusReading.Present) StatusReader.parse(json.getBytes(StandardCharsets.UTF_8))).document();
    }
}
