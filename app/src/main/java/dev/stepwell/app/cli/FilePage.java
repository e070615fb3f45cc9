package dev.stepwell.app.cli;

import dev.stepwell.core.queue.AttemptRecord;
import dev.stepwell.core.queue.FileDetails;
import dev.stepwell.core.queue.FileSummary;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.monitor.terminal.Cells;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All that is known of a file, as lines.
final class FilePage {
    private static final int SHOWN_REJECTIONS = 20;

    private final DateTimeFormatter time;
    private final List<String> lines = new ArrayList<>();

    /// @param zone in which times are shown
    FilePage(ZoneId zone) {
        this.time =
                DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    }

    List<String> lines(FileDetails d) {
        FileSummary f = d.file();
        lines.add("%s (id %d)".formatted(Cells.neutral(f.name()), f.id()));
        field("state", f.state().word() + (f.reason() == null ? "" : ": " + Cells.neutral(f.reason())));
        field("ready", instant(f.readyAt()));
        field("priority", f.priority().word());
        field("taken", time.format(f.arrivedAt()) + ", from inbox/" + Cells.neutral(d.source()));
        field("settled", instant(f.settledAt()));
        field("format", d.format() == null ? null : Cells.neutral(d.format()));
        rows(d);
        field("sha256", d.sha256());
        if (f.duplicateOf() != null) {
            field(
                    "copy of",
                    "%s (id %d, taken %s)"
                            .formatted(
                                    Cells.neutral(f.duplicateOf().name()),
                                    f.duplicateOf().id(),
                                    time.format(f.duplicateOf().arrivedAt())));
        }
        field("file", Cells.neutral(d.path()));
        field("report", d.report() == null ? null : Cells.neutral(d.report()));
        field("duration", d.durationSeconds() == null ? null : "%.1f s".formatted(d.durationSeconds()));
        field("checkpoints", d.checkpoints().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        d.attempts().forEach(this::attempt);
        rejections(d);
        return lines;
    }

    private void rows(FileDetails d) {
        FileSummary f = d.file();
        if (f.rows() == null || f.rejected() == null || d.usable() == null) {
            field("rows", "not counted; %,d bytes".formatted(f.bytes()));
            return;
        }
        String cut = d.truncated() == null ? "" : ", %,d of these cut to max_length".formatted(d.truncated());
        field(
                "rows",
                "%,d = %,d usable%s + %,d rejected%s; %,d bytes"
                        .formatted(
                                f.rows(),
                                d.usable(),
                                heldOut(d.heldOut() == null ? 0 : d.heldOut()),
                                f.rejected(),
                                cut,
                                f.bytes()));
        field("steps", "%,d planned".formatted(f.plannedSteps()));
    }

    private void attempt(AttemptRecord a) {
        lines.add("");
        lines.add("attempt %d: %s".formatted(a.number(), a.outcome() == null ? "not ended" : a.outcome()));
        field("started", time.format(a.startedAt()));
        field("ended", instant(a.endedAt()));
        field(
                "error",
                a.error() == null
                        ? null
                        : Cells.neutral(a.error().type() + ": " + a.error().message()));
        if (a.endStep() != null && a.stepsKept() != null) {
            field("steps", "from global step %,d to %,d, %,d kept".formatted(a.baseStep(), a.endStep(), a.stepsKept()));
        }
        field("deaths", a.deaths() == 0 ? null : "%,d of the process, with no step kept since".formatted(a.deaths()));
        for (RowLedger.Epoch e : a.rows()) {
            field(
                    "epoch " + (e.epoch() + 1),
                    "%,d trained%s + %,d rejected + %,d left = %,d rows"
                            .formatted(e.trained(), heldOut(e.heldOut()), e.rejected(), e.left(), e.rows()));
        }
    }

    private static String heldOut(long rows) {
        return rows == 0 ? "" : " + %,d held out".formatted(rows);
    }

    private void rejections(FileDetails d) {
        if (d.rejections().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add("rejected rows");
        for (RowRejection r : d.rejections()
                .subList(0, Math.min(SHOWN_REJECTIONS, d.rejections().size()))) {
            String column = r.column() == 0 ? "" : ", column " + r.column();
            lines.add("  line %d%s: %s".formatted(r.line(), column, Cells.neutral(r.reason())));
        }
        long more = Math.max(0, d.rejections().size() - SHOWN_REJECTIONS) + d.rejectionsOmitted();
        if (more > 0) {
            lines.add("  … and %,d more; the first %,d are in --json and in the report"
                    .formatted(more, d.rejections().size()));
        }
    }

    private void field(String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            lines.add("  %-12s %s".formatted(name, value));
        }
    }

    private @Nullable String instant(@Nullable Instant at) {
        return at == null ? null : time.format(at);
    }
}
