package dev.stepwell.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.DaemonFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;

/// What viewers cost training: how long a token takes in the steps of a daemon that trains, with and without browsers
/// that follow its events, by turns, so that whatever else changes over the minutes changes for both. Evaluations,
/// checkpoints and the reading of files are not in it. `bench/viewers.sh` starts it.
///
/// The viewers are on the same machine, and what they take for reading is in the result, too.
public final class ViewerCost {
    private static final long SETTLE_MILLIS = 4_000;
    /// Before the first turn: until then the daemon compiles what serves viewers.
    private static final int WARM_UP_SECONDS = 60;

    private static final String TOKENS = "stepwell_tokens_trained_total ";
    private static final String SECONDS = "stepwell_step_duration_seconds_sum ";

    private final DaemonFile daemon;
    private final HttpClient client = HttpClient.newHttpClient();

    /// Percent of the machine that the viewers took for themselves, last time.
    private double viewersOwn;

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
        tokenSeconds(viewers, WARM_UP_SECONDS);
        double[] slower = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            boolean aloneFirst = turn % 2 == 0;
            double first = tokenSeconds(aloneFirst ? 0 : viewers, seconds);
            double second = tokenSeconds(aloneFirst ? viewers : 0, seconds);
            double alone = aloneFirst ? first : second;
            double watched = aloneFirst ? second : first;
            slower[turn] = Math.log(watched / alone);
            System.out.printf(
                    "a token takes %.2f µs alone, %.2f µs with %,d viewers, who take %.1f %% of the machine: %+.1f %%%n",
                    1e6 * alone, 1e6 * watched, viewers, viewersOwn, 100 * Math.expm1(slower[turn]));
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

    /// Mean time of a token in steps while so many look on.
    private double tokenSeconds(int count, int seconds) throws IOException, InterruptedException {
        try (Viewers _ = Viewers.of(count, daemon)) {
            Thread.sleep(SETTLE_MILLIS);
            Trained from = trained();
            long cpu = cpuNanos();
            long began = System.nanoTime();
            Thread.sleep(seconds * 1_000L);
            double own = 100.0
                    * (cpuNanos() - cpu)
                    / (System.nanoTime() - began)
                    / Runtime.getRuntime().availableProcessors();
            Trained to = trained();
            viewersOwn = count > 0 ? own : viewersOwn;
            return (to.seconds() - from.seconds()) / (to.tokens() - from.tokens());
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /// Tokens that this daemon trained so far, and the time that the steps took.
    private record Trained(double tokens, double seconds) {}

    private Trained trained() throws IOException, InterruptedException {
        URI metrics = URI.create("http://127.0.0.1:%d/metrics".formatted(daemon.port()));
        String text = client.send(
                        HttpRequest.newBuilder(metrics)
                                .header("Authorization", "Bearer " + daemon.token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return new Trained(sample(text, TOKENS), sample(text, SECONDS));
    }

    private static double sample(String text, String name) {
        return text.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " in the metrics"));
    }
}
