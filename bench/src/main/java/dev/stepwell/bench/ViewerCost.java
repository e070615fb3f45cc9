package dev.stepwell.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.DaemonFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What viewers cost training: how long the steps take of a daemon that trains, with and without browsers that follow
/// its events, by turns, so that whatever else changes over the minutes changes for both. Evaluations, checkpoints and
/// the reading of files are not in it. `bench/viewers.sh` starts it.
///
/// The viewers are on the same machine, and what they take for reading is in the result, too.
public final class ViewerCost {
    private static final long SETTLE_MILLIS = 2_000;
    private static final String STEPS = "stepwell_step_duration_seconds";

    private final DaemonFile daemon;
    private final HttpClient client = HttpClient.newHttpClient();

    private ViewerCost(BaseDirectory base) throws IOException {
        this.daemon = DaemonFile.read(base).orElseThrow(() -> new IllegalStateException("no daemon runs there"));
    }

    /// Measures and prints.
    ///
    /// @param args the base directory of a daemon, the number of viewers, the seconds and the number of
    ///             turns
    public static void main(String[] args) throws IOException, InterruptedException {
        ViewerCost cost = new ViewerCost(new BaseDirectory(Path.of(args[0])));
        cost.measure(Integer.parseInt(args[1]), Integer.parseInt(args[2]), Integer.parseInt(args[3]));
    }

    /// Alone first in one turn, watched first in the next: what grows or falls steadily falls out.
    private void measure(int viewers, int seconds, int turns) throws IOException, InterruptedException {
        double[] slower = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            boolean aloneFirst = turn % 2 == 0;
            double first = stepSeconds(aloneFirst ? 0 : viewers, seconds);
            double second = stepSeconds(aloneFirst ? viewers : 0, seconds);
            double alone = aloneFirst ? first : second;
            double watched = aloneFirst ? second : first;
            slower[turn] = Math.log(watched / alone);
            System.out.printf(
                    "a step takes %.2f ms alone, %.2f ms with %,d viewers: %+.1f %%%n",
                    1e3 * alone, 1e3 * watched, viewers, 100 * Math.expm1(slower[turn]));
        }
        summarize(slower);
    }

    private static void summarize(double[] slower) {
        double[] sorted = slower.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        double mean = Arrays.stream(slower).average().orElseThrow();
        double squares = Arrays.stream(slower).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (slower.length - 1) / slower.length);
        System.out.printf(
                "%d turns: mean %+.2f %%, standard error %.2f %%, median %+.2f %%%n",
                slower.length, 100 * Math.expm1(mean), 100 * error, 100 * Math.expm1(median));
    }

    /// Mean time of a step while so many look on.
    private double stepSeconds(int viewers, int seconds) throws IOException, InterruptedException {
        List<Socket> open = connect(viewers);
        Thread.sleep(SETTLE_MILLIS);
        Steps from = steps();
        long cpu = cpuNanos();
        long began = System.nanoTime();
        Thread.sleep(seconds * 1_000L);
        double own = 100.0
                * (cpuNanos() - cpu)
                / (System.nanoTime() - began)
                / Runtime.getRuntime().availableProcessors();
        Steps to = steps();
        for (Socket socket : open) {
            socket.close();
        }
        if (viewers > 0) {
            System.out.printf("the viewers take %.1f %% of the machine for themselves; ", own);
        }
        return (to.seconds() - from.seconds()) / (to.count() - from.count());
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /// Steps that this daemon did so far, and the time that they took.
    private record Steps(double count, double seconds) {}

    private Steps steps() throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(daemon.port()));
        String text = client.send(
                        HttpRequest.newBuilder(metrics)
                                .header("Authorization", "Bearer " + daemon.token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return new Steps(sample(text, STEPS + "_count "), sample(text, STEPS + "_sum "));
    }

    private static double sample(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + "in the metrics"));
    }

    private List<Socket> connect(int viewers) throws IOException {
        List<Socket> open = new ArrayList<>();
        for (int i = 0; i < viewers; i++) {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
            socket.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n\r\n"
                            .formatted(daemon.port(), daemon.token())
                            .getBytes(StandardCharsets.US_ASCII));
            open.add(socket);
            Thread.startVirtualThread(() -> discard(socket));
        }
        return open;
    }

    private static void discard(Socket socket) {
        byte[] buffer = new byte[16 << 10];
        try (InputStream in = socket.getInputStream()) {
            while (in.read(buffer) >= 0) {}
        } catch (SocketException _) {
            // The turn is over: this socket was closed.
        } catch (IOException e) {
            throw new IllegalStateException("a viewer was cut off", e);
        }
    }
}
