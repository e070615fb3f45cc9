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
/// Steps themselves differ by far more than viewers cost. So it also says for how much of the time the threads that
/// compute waited for a core. Where each of them is waited for by all others, no more than the sum of that is lost.
///
/// The viewers are on the same machine, and what they take for reading is in the results, too.
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
        pace(viewers, WARM_UP_SECONDS);
        double[] slower = new double[turns];
        double[] waitedMore = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            boolean aloneFirst = turn % 2 == 0;
            Pace first = pace(aloneFirst ? 0 : viewers, seconds);
            Pace second = pace(aloneFirst ? viewers : 0, seconds);
            Pace alone = aloneFirst ? first : second;
            Pace watched = aloneFirst ? second : first;
            slower[turn] = watched.tokenSeconds() / alone.tokenSeconds() - 1;
            waitedMore[turn] = watched.waited() - alone.waited();
            System.out.printf(
                    "alone: %s; with %,d viewers, who take %.1f %% of the machine: %s: %+.1f %%, %+.2f points%n",
                    alone, viewers, viewersOwn, watched, 100 * slower[turn], 100 * waitedMore[turn]);
        }
        summarize("a token takes", "%", slower);
        summarize("waited for a core", "points", waitedMore);
    }

    private static void summarize(String what, String unit, double[] more) {
        double[] sorted = more.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        double mean = Arrays.stream(more).average().orElseThrow();
        double squares = Arrays.stream(more).map(x -> (x - mean) * (x - mean)).sum();
        double error = Math.sqrt(squares / (more.length - 1) / more.length);
        System.out.printf(
                "%s, %d turns: mean %+.2f, standard error %.2f, median %+.2f %s%n",
                what, more.length, 100 * mean, 100 * error, 100 * median, unit);
    }

    /// @param tokenSeconds mean time of a token in steps
    /// @param waited       how much of the time the threads that compute were ready and had no core, all together
    private record Pace(double tokenSeconds, double waited) {
        @Override
        public String toString() {
            return "%.2f µs a token, %.2f %% waited".formatted(1e6 * tokenSeconds, 100 * waited);
        }
    }

    /// Of the daemon while so many look on.
    private Pace pace(int count, int seconds) throws IOException, InterruptedException {
        try (Viewers _ = Viewers.of(count, daemon)) {
            Thread.sleep(SETTLE_MILLIS);
            Trained from = trained();
            CoreWaits waitsFrom = CoreWaits.of(daemon.pid());
            long cpu = cpuNanos();
            long began = System.nanoTime();
            Thread.sleep(seconds * 1_000L);
            double passed = System.nanoTime() - began;
            int cores = Runtime.getRuntime().availableProcessors();
            viewersOwn = count > 0 ? 100 * (cpuNanos() - cpu) / passed / cores : viewersOwn;
            long waited = CoreWaits.of(daemon.pid()).ofBusiest(cores, waitsFrom);
            Trained to = trained();
            return new Pace((to.seconds() - from.seconds()) / (to.tokens() - from.tokens()), waited / passed);
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
