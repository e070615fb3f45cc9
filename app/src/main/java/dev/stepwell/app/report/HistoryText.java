package dev.stepwell.app.report;

import dev.stepwell.core.history.PastAlert;
import dev.stepwell.core.history.RunRecord;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.monitor.terminal.Cells;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// A model's life as lines of a terminal.
///
/// ```
///    ID    ROWS  REFUSED  LOSS       EVAL       TOOK     OUTCOME    NAME
///     1   1,888        3  2.31→0.87  1.92→1.10  12m 03s  completed  tuesday.jsonl
/// ```
public final class HistoryText {
    private static final List<String> FILES =
            List.of("ID", "ROWS", "REFUSED", "LOSS", "EVAL", "TOOK", "OUTCOME", "NAME");
    private static final List<String> RUNS = List.of("STARTED", "ENDED", "HOW", "VERSION");
    private static final List<String> ALERTS = List.of("SINCE", "UNTIL", "SEVERITY", "STEP", "TYPE");
    private static final String ELLIPSIS = "…";
    private static final String INDENT = "      ";

    private final int columns;
    private final Figures figures;
    private final List<String> lines = new ArrayList<>();

    /// @param columns of the terminal; nothing is cut if it is [Integer#MAX_VALUE]
    /// @param zone    in which times are shown
    public HistoryText(int columns, ZoneId zone) {
        this.columns = columns;
        this.figures = new Figures(zone);
    }

    /// The lines of `life`.
    public List<String> lines(Life life) {
        files(life);
        if (!life.runs().isEmpty()) {
            heading("Runs of the daemon", life.runs().size(), life.counts().runs());
            table(
                    RUNS,
                    Set.of(),
                    life.runs().stream().map(run -> cells(run, life)).toList(),
                    _ -> List.of());
        }
        if (!life.alerts().isEmpty()) {
            heading("Alerts", life.alerts().size(), life.counts().alerts());
            table(
                    ALERTS,
                    Set.of(3),
                    life.alerts().stream().map(alert -> cells(alert)).toList(),
                    i -> List.of(life.alerts().get(i).alert().message()));
        }
        return lines;
    }

    private void files(Life life) {
        if (life.files().isEmpty()) {
            lines.add("No file was trained yet. Those dropped into inbox/ are, while a daemon runs: ./stepwell run");
            return;
        }
        heading(
                "Files in the order in which they were learnt",
                life.files().size(),
                life.counts().files());
        table(
                FILES,
                Set.of(0, 1, 2),
                life.files().stream().map(file -> cells(file, life.running())).toList(),
                i -> notes(life.files().get(i)));
        long trained = life.files().stream()
                .map(Learnt::rows)
                .filter(Objects::nonNull)
                .mapToLong(AttemptEnd.Rows::trained)
                .sum();
        lines.add("%,d rows trained. LOSS: first and last step. EVAL: before and after.".formatted(trained));
    }

    private void heading(String title, int shown, int all) {
        if (!lines.isEmpty()) {
            lines.add("");
        }
        String some =
                shown < all ? "%s: the newest %,d of %,d; all with --limit 0".formatted(title, shown, all) : title;
        lines.add(some);
    }

    private List<String> cells(Learnt file, boolean running) {
        AttemptEnd end = file.history().end();
        AttemptEnd.Rows rows = file.rows();
        return List.of(
                Long.toString(file.id()),
                Figures.count(rows == null ? null : rows.trained()),
                Figures.count(rows == null ? null : rows.rejected()),
                end == null ? Figures.UNKNOWN : Figures.change(end.firstLoss(), end.lastLoss()),
                Figures.crossEntropies(file.before(), file.after()),
                Figures.duration(file.took()),
                file.outcome(running),
                Cells.neutral(file.name()));
    }

    private static List<String> notes(Learnt file) {
        List<String> notes = new ArrayList<>();
        AttemptEnd end = file.history().end();
        AttemptEnd.Rows rows = file.rows();
        if (rows != null && rows.heldOut() > 0) {
            notes.add(Figures.heldOut(rows.heldOut()));
        }
        if (end != null && end.error() != null) {
            notes.add(end.error().type() + ": " + end.error().message());
        }
        Long lost = file.history().lostFrom();
        if (lost != null) {
            notes.add("the weights went back: its steps from global step %,d on are lost".formatted(lost));
        }
        return notes;
    }

    private List<String> cells(RunRecord run, Life life) {
        boolean newest = run.equals(life.runs().getLast());
        return List.of(
                figures.time(run.startedAt()),
                figures.time(run.endedAt()),
                run.ending() != null ? run.ending().word() : newest && life.running() ? "running" : "gone",
                run.version() == null ? Figures.UNKNOWN : Cells.neutral(run.version()));
    }

    private List<String> cells(PastAlert past) {
        var alert = past.alert();
        return List.of(
                figures.time(alert.since()),
                past.until() == null ? "stands" : figures.time(past.until()),
                alert.severity() == null ? Figures.UNKNOWN : alert.severity().word(),
                Figures.count(alert.step()),
                Cells.neutral(alert.type()));
    }

    @FunctionalInterface
    private interface Notes {
        List<String> of(int row);
    }

    private void table(List<String> headings, Set<Integer> toTheRight, List<List<String>> rows, Notes notes) {
        int[] widths = new int[headings.size()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            widths[i] = Math.max(
                    Cells.width(headings.get(i)),
                    rows.stream()
                            .mapToInt(row -> Cells.width(row.get(column)))
                            .max()
                            .orElse(0));
        }
        lines.add(line(headings, widths, toTheRight));
        for (int i = 0; i < rows.size(); i++) {
            lines.add(line(rows.get(i), widths, toTheRight));
            for (String note : notes.of(i)) {
                lines.add(Cells.fit(INDENT + Cells.neutral(note), columns, ELLIPSIS));
            }
        }
    }

    private String line(List<String> cells, int[] widths, Set<Integer> toTheRight) {
        StringBuilder line = new StringBuilder("  ");
        int last = cells.size() - 1;
        for (int i = 0; i < last; i++) {
            String blanks = " ".repeat(widths[i] - Cells.width(cells.get(i)));
            line.append(toTheRight.contains(i) ? blanks + cells.get(i) : cells.get(i) + blanks)
                    .append("  ");
        }
        int room = columns == Integer.MAX_VALUE ? columns : Math.max(8, columns - Cells.width(line.toString()));
        return line.append(Cells.fitMiddle(cells.get(last), room, ELLIPSIS)).toString();
    }
}
