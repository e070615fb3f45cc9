package dev.stepwell.bench;

import dev.stepwell.app.client.DaemonClient;
import dev.stepwell.app.client.Reply;
import dev.stepwell.core.control.Command;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.monitor.web.ControlAnswer;
import java.io.PrintStream;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Measures how long a pause and a resume take from the request to the answer, which comes with the effect: over HTTP,
/// at random moments, against a daemon that trains. The time of a pause has the checkpoint in it.
///
/// `bench/control-latency.sh` starts the daemon.
public final class ControlLatency {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long MAX_REST_NANOS = 400_000_000;

    private final DaemonClient client;
    private final List<Double> pauses = new ArrayList<>();
    private final List<Double> resumes = new ArrayList<>();
    private final List<Double> steps = new ArrayList<>();

    private ControlLatency(DaemonClient client) {
        this.client = client;
    }

    /// Measures and prints.
    ///
    /// @param args the base directory of a daemon, and how often to pause it
    public static void main(String[] args) throws InterruptedException {
        try (DaemonClient client = new DaemonClient(new BaseDirectory(Path.of(args[0])))) {
            ControlLatency latency = new ControlLatency(client);
            latency.measure(Integer.parseInt(args[1]));
            latency.print(System.out);
        }
    }

    private void measure(int cycles) throws InterruptedException {
        Random random = new Random(42);
        while (pauses.size() < cycles) {
            JsonNode status = awaitTraining();
            if (status.path("steps_per_sec").isNumber()) {
                steps.add(1e3 / status.get("steps_per_sec").asDouble());
            }
            LockSupport.parkNanos(random.nextLong(MAX_REST_NANOS));
            double pause = timed(Command.PAUSE);
            double resume = timed(Command.RESUME);
            pauses.add(pause);
            resumes.add(resume);
        }
    }

    /// @return milliseconds
    private double timed(Command command) throws InterruptedException {
        long asked = System.nanoTime();
        Reply reply = client.control(command, true, PATIENCE);
        double took = (System.nanoTime() - asked) / 1e6;
        if (reply instanceof Reply.Answered answered
                && ControlAnswer.parse(answered.json()).effect().equals(ControlAnswer.DONE)) {
            return took;
        }
        throw new IllegalStateException("%s was not done: %s".formatted(command, reply));
    }

    private JsonNode awaitTraining() throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            Reply reply = client.send("GET", "/api/v1/status", HttpRequest.BodyPublishers.noBody(), PATIENCE);
            if (reply instanceof Reply.Answered answered) {
                JsonNode status = JsonMapper.shared().readTree(answered.json());
                if (status.path("status").asString("").equals("training")) {
                    return status;
                }
            }
            LockSupport.parkNanos(50_000_000);
        }
        throw new IllegalStateException("no daemon trains there; start one, or give it more files");
    }

    private void print(PrintStream out) {
        out.printf(
                "%d pauses and resumes; a step takes %.1f ms, as the status says%n",
                pauses.size(), percentile(steps, 50));
        out.printf("%8s %8s %8s %8s %8s%n", "ms", "p50", "p90", "p99", "max");
        row(out, "pause", pauses);
        row(out, "resume", resumes);
    }

    private static void row(PrintStream out, String name, List<Double> millis) {
        out.printf(
                "%8s %8.1f %8.1f %8.1f %8.1f%n",
                name, percentile(millis, 50), percentile(millis, 90), percentile(millis, 99), percentile(millis, 100));
    }

    /// The nearest-rank percentile.
    private static double percentile(List<Double> values, int percent) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }
}
