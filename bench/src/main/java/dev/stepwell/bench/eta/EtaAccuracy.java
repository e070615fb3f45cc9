package dev.stepwell.bench.eta;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/// How far off the time left is that Stepwell tells, beside that of others, over recorded drains: `bench/eta.sh` runs
/// it. Nothing in it depends on the machine that it runs on.
public final class EtaAccuracy {
    private enum Contender {
        STEPWELL("Stepwell"),
        TQDM("tqdm"),
        AVERAGE("Hugging Face"),
        AVERAGE_RESTORED("the same, resumed");

        private final String title;

        Contender(String title) {
            this.title = title;
        }

        private Rule rule() {
            return switch (this) {
                case STEPWELL -> new StepwellRule();
                case TQDM -> new TqdmRule();
                case AVERAGE -> new AverageRule(false);
                case AVERAGE_RESTORED -> new AverageRule(true);
            };
        }

        private List<Replay> replay(List<Drain> drains) {
            return drains.stream().map(drain -> Replay.of(drain, rule())).toList();
        }
    }

    private final PrintStream out;

    private EtaAccuracy(PrintStream out) {
        this.out = out;
    }

    /// Prints a line for each drain, and tables for those that it was tuned on (`…_a`) and for the others.
    ///
    /// @param args folders with recordings, each of which has its own tables, as have those that were made up
    public static void main(String[] args) throws IOException {
        EtaAccuracy accuracy = new EtaAccuracy(System.out);
        for (String folder : args) {
            accuracy.report(folder, read(Path.of(folder)));
        }
        accuracy.report("made up", MadeUpDrain.all());
    }

    private void report(String title, List<Drain> drains) {
        each(drains);
        tables(title + ", tuned on", half(drains, "_a"));
        tables(title + ", held out", half(drains, "_b"));
    }

    private static List<Drain> half(List<Drain> drains, String suffix) {
        return drains.stream().filter(drain -> drain.name().endsWith(suffix)).toList();
    }

    private static List<Drain> read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Drain> drains = new ArrayList<>();
            for (Path file : files.filter(path -> path.toString().endsWith(Drain.SUFFIX))
                    .sorted()
                    .toList()) {
                drains.add(Drain.read(file));
            }
            return drains;
        }
    }

    private void each(List<Drain> drains) {
        out.printf("%n%-22s %8s %16s %16s %16s%n", "drain", "seconds", "error %", "within %", "range ± %");
        for (Drain drain : drains) {
            List<Replay> replays = Contender.STEPWELL.replay(List.of(drain));
            Score file = Score.ofFiles(replays);
            Score all = Score.ofDrains(replays);
            out.printf(
                    Locale.ROOT,
                    "%-22s %8.0f %7.1f, %7.1f %7.0f, %7.0f %7.0f, %7.0f%n",
                    drain.name(),
                    replays.getFirst().active() / 1e3,
                    100 * file.judged(),
                    100 * all.judged(),
                    100 * file.coverage(),
                    100 * all.coverage(),
                    100 * file.halfWidth(),
                    100 * all.halfWidth());
        }
    }

    private void tables(String title, List<Drain> drains) {
        if (drains.isEmpty()) {
            return;
        }
        out.printf("%n%s: %d drains%n", title, drains.size());
        table("file", drains, Score::ofFiles);
        table("drain", drains, Score::ofDrains);
    }

    private void table(String what, List<Drain> drains, Function<List<Replay>, Score> score) {
        out.printf(
                "%n| median error of the %s, %% | at 10 %% | 25 %% | 50 %% | 75 %% | 90 %% | from 25 %% | evenly in time | within its range | range ± | told | worst after a resume |%n",
                what);
        out.println("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (Contender contender : Contender.values()) {
            Score its = score.apply(contender.replay(drains));
            out.printf("| %s |", contender.title);
            for (int percent : Score.PERCENTS) {
                out.printf(Locale.ROOT, " %.1f |", 100 * its.error(percent));
            }
            boolean range = contender == Contender.STEPWELL;
            out.printf(
                    Locale.ROOT,
                    " %.1f | %.1f | %s | %s | %.0f %% | %.1f times |%n",
                    100 * its.judged(),
                    100 * its.evenError(),
                    range ? "%.0f %%".formatted(100 * its.coverage()) : "",
                    range ? "%.0f %%".formatted(100 * its.halfWidth()) : "",
                    100 * its.toldShare(),
                    its.worstAfterResume());
        }
    }
}
