package dev.stepwell.app.demo;

import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.progress.Percent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// The demo's closing words.
public final class DemoReport {
    private static final BaseDirectory DEFAULT_BASE = new BaseDirectory(Path.of("stepwell-data"));

    private DemoReport() {}

    /// `results` as text for a terminal, with a line break at its end.
    public static String render(DemoResults results) {
        StringBuilder report = new StringBuilder();
        learnt(report, results);
        samples(report, results);
        BaseDirectory base = results.base();
        report.append("Model   ").append(results.model()).append('\n');
        report.append("Status  ").append(base.statusFile()).append("\n\n");
        String option = base.equals(DEFAULT_BASE)
                ? ""
                : " --base-dir " + shellWord(base.root().toString());
        report.append("Next: drop your own JSONL files into ")
                .append(base.inbox())
                .append('\n');
        report.append("      ./stepwell run").append(option).append("      trains them, from where this ended\n");
        report.append("      ./stepwell status").append(option).append("   shows where it is\n");
        return report.toString();
    }

    private static void learnt(StringBuilder report, DemoResults results) {
        if (results.steps() == 0) {
            report.append("Every file was trained before; there was nothing left to do.\n\n");
        } else {
            report.append(String.format(
                    Locale.ROOT,
                    "Trained %s, %s, in %s: %,.0f tokens/s.\n\n",
                    counted(results.files(), "file"),
                    counted(results.steps(), "step"),
                    time(results.training()),
                    results.tokensPerSecond()));
        }
        HeldOutScore before = results.before();
        HeldOutScore after = results.after();
        report.append("On %s it never trained on, with answers it never saw:\n"
                .formatted(counted(after.puzzles(), "puzzle")));
        report.append("               before    after\n");
        report.append("  loss      %9s %8s\n".formatted(loss(before.loss()), loss(after.loss())));
        report.append("  exact     %9s %8s\n".formatted(exact(before), exact(after)));
        report.append('\n');
    }

    private static void samples(StringBuilder report, DemoResults results) {
        for (DemoResults.Sample sample : results.samples()) {
            report.append("  ")
                    .append(String.join(
                            "   ",
                            sample.question().lines().map(Printable::line).toList()));
            if (sample.matches()) {
                report.append("   →  ")
                        .append(Printable.brief(sample.answer().strip()))
                        .append("  ✓\n");
            } else {
                report.append("   →  ")
                        .append(Printable.brief(sample.answer().strip()))
                        .append("  ✗ should be ")
                        .append(Printable.line(sample.golden()))
                        .append('\n');
            }
        }
        if (!results.samples().isEmpty()) {
            report.append('\n');
        }
    }

    /// Floored, as every percentage of this program: 100 % means all of them.
    private static String exact(HeldOutScore score) {
        return Percent.floored(score.exact(), score.puzzles()) + " %";
    }

    private static String loss(double loss) {
        return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.3f", loss) : "unknown";
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d %s%s", count, what, count == 1 ? "" : "s");
    }

    private static String time(Duration time) {
        long seconds = Math.round(time.toMillis() / 1000.0);
        return seconds < 60 ? seconds + " s" : "%d min %d s".formatted(seconds / 60, seconds % 60);
    }

    /// `path` so that a shell takes it as one word.
    private static String shellWord(String path) {
        return path.chars().allMatch(c -> Character.isLetterOrDigit(c) || "/._-+@:\\".indexOf(c) >= 0)
                ? path
                : "'" + path.replace("'", "'\\''") + "'";
    }
}
