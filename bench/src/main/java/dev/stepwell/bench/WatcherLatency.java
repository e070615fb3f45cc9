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
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/// Time from the publication of a status until every watcher has read it, over real connections on loopback, with
/// server and watchers in this one process: `bench/watchers.sh` runs it.
///
/// The arguments are the number of watchers and the seconds to measure. A status as large as a training daemon's is
/// published ten times a second, as often as a daemon does at most.
public final class WatcherLatency {
    private static final int PER_SECOND = 10;
    private static final int WARM_UP_SECONDS = 5;

    private final int watchers;
    private final int documents;
    private final AtomicLongArray published;
    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final CountDownLatch connected;

    private WatcherLatency(int watchers, int seconds) {
        this.watchers = watchers;
        this.documents = (WARM_UP_SECONDS + seconds) * PER_SECOND;
        this.published = new AtomicLongArray(documents);
        this.connected = new CountDownLatch(watchers);
    }

    /// Prints percentiles in milliseconds, and what of the heap was taken at most.
    public static void main(String[] args) throws IOException, InterruptedException {
        new WatcherLatency(Integer.parseInt(args[0]), Integer.parseInt(args[1])).run();
    }

    private void run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("watchers");
        Files.createDirectories(folder.resolve("run"));
        Sessions sessions = Sessions.open(new BaseDirectory(folder), InstantSource.system());
        StatusStream stream = new StatusStream("bench");
        String token = DaemonFile.newToken();
        List<Thread> threads = new ArrayList<>();
        long heap = 0;
        Site site = new Site(List.of(), List.of(), new Site.Viewed(sessions, stream));
        try (ApiServer server = ApiServer.start(site, Entrance.loopback(0, token))) {
            stream.offer(document(0), false);
            for (int i = 0; i < watchers; i++) {
                threads.add(Thread.startVirtualThread(() -> watch(server.port(), token)));
            }
            connected.await();
            long next = System.nanoTime();
            for (int i = 1; i < documents; i++) {
                next += 1_000_000_000L / PER_SECOND;
                StatusDocument document = document(i);
                Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
                published.set(i, System.nanoTime());
                stream.offer(document, false);
                heap = Math.max(
                        heap,
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            }
            stream.close();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        Trees.delete(folder);
        report(heap);
    }

    private void watch(int port, String token) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(port, token)
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            int seq = -1;
            // Chunk sizes stand on lines of their own between the events; 0 is the end.
            for (String line = lines.readLine(); !line.equals("0"); line = lines.readLine()) {
                if (line.startsWith("id: bench:")) {
                    seq = Integer.parseInt(line.substring("id: bench:".length()));
                } else if (line.startsWith("data: ") && seq == 0) {
                    connected.countDown();
                    seq = -1;
                } else if (line.startsWith("data: ") && seq >= WARM_UP_SECONDS * PER_SECOND && seq < documents - 1) {
                    // The last is told to all once more at the end, when it is old.
                    nanos.add(System.nanoTime() - published.get(seq));
                    seq = -1;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("a watcher was cut off", e);
        }
    }

    private void report(long heap) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        long sent = (long) watchers * (documents - WARM_UP_SECONDS * PER_SECOND);
        System.out.printf(
                "%,d watchers, %,d of %,d statuses read, the others passed over: p50 %.1f ms, p99 %.1f ms, longest %.1f ms; heap at most %,d MB%n",
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
