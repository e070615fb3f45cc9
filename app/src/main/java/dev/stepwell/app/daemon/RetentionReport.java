package dev.stepwell.app.daemon;

import dev.stepwell.app.cli.CliException;
import dev.stepwell.app.cli.ExitCode;
import dev.stepwell.app.cli.Operations.RetentionRequest;
import dev.stepwell.app.config.RetentionSettings;
import dev.stepwell.app.text.Printable;
import dev.stepwell.core.io.ByteSize;
import dev.stepwell.core.io.InstanceHeldException;
import dev.stepwell.core.io.InstanceLock;
import dev.stepwell.core.retention.Decision;
import dev.stepwell.core.retention.Retention;
import dev.stepwell.torch.checkpoint.CheckpointStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// What `retention` prints and does. Loads no native code.
final class RetentionReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private final InstantSource clock;
    private final ZoneId zone;

    /// @param zone in which days begin, and times are printed
    RetentionReport(InstantSource clock, ZoneId zone) {
        this.clock = clock;
        this.zone = zone;
    }

    /// @throws CliException if something is to be deleted while a daemon runs: it does that itself
    ExitCode print(RetentionRequest request) throws IOException {
        Retentions retentions = new Retentions(
                request.base(),
                RetentionSettings.from(request.config()),
                new CheckpointStore(request.base().currentModel()),
                zone);
        PrintWriter out = request.out();
        try {
            return request.dryRun() ? plan(retentions.all(), out) : apply(retentions.all(), request);
        } finally {
            out.flush();
        }
    }

    private ExitCode plan(List<Retention> retentions, PrintWriter out) throws IOException {
        int count = 0;
        long bytes = 0;
        for (Retention retention : retentions) {
            List<Decision> plan = retention.plan();
            out.printf("%s  (%s)%n", retention.folder(), retention.rules());
            if (plan.isEmpty()) {
                out.println("  empty");
            }
            for (Decision decision : plan) {
                out.println(line(decision.keeps() ? "keep  " : "delete", decision));
                if (!decision.keeps()) {
                    count++;
                    bytes += decision.item().bytes();
                }
            }
        }
        out.printf("Would delete %d, %s. Nothing was deleted (--dry-run).%n", count, ByteSize.of(bytes));
        return ExitCode.OK;
    }

    private ExitCode apply(List<Retention> retentions, RetentionRequest request) throws IOException {
        PrintWriter out = request.out();
        int count = 0;
        long bytes = 0;
        ExitCode exit = ExitCode.OK;
        try (InstanceLock _ = InstanceLock.acquire(request.base(), clock)) {
            for (Retention retention : retentions) {
                Retention.Done done = retention.apply();
                done.deleted().forEach(gone -> out.println(line("deleted  " + retention.folder(), gone)));
                for (String failed : done.failed()) {
                    out.printf("not deleted: %s%s%n", retention.folder(), Printable.line(failed));
                    exit = ExitCode.FAILED;
                }
                count += done.deleted().size();
                bytes += done.bytes();
            }
        } catch (InstanceHeldException e) {
            throw new CliException(
                    ExitCode.UNAVAILABLE,
                    String.valueOf(e.getMessage()),
                    "it deletes by the same rules itself; see what would go with: ./stepwell retention --dry-run");
        }
        out.printf("Deleted %d, %s.%n", count, ByteSize.of(bytes));
        return exit;
    }

    private String line(String what, Decision decision) {
        return "  %s %-32s %9s  %s  %s"
                .formatted(
                        what,
                        Printable.line(decision.item().name()),
                        ByteSize.of(decision.item().bytes()),
                        TIME.format(decision.item().time().atZone(zone)),
                        decision.verdict().why());
    }
}
