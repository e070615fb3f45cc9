package dev.stepwell.app.cli;

import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.FileState;
import dev.stepwell.core.queue.FileSummary;
import dev.stepwell.core.queue.Priority;
import dev.stepwell.monitor.terminal.Cells;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A listing as lines of a terminal: how many files of each state there are, then a table, then what it leaves
/// out.
///
/// ```
///  1 training, 1 held, 2 waiting, 12 completed
///
///    ID  STATE     PRIORITY   ROWS  STEPS  TRIES  TAKEN             NAME
///    15  training  normal    1,888    118      1  2026-11-24 18:05  tuesday.jsonl
///    16  held      normal    1,888    118      0  2026-11-24 18:05  tuesday-again.jsonl
///        it has the same content as tuesday.jsonl (id 15, …); train it with: ./stepwell release 16
/// ```
final class QueueTable {
    private static final List<String> HEADINGS =
            List.of("ID", "STATE", "PRIORITY", "ROWS", "STEPS", "TRIES", "TAKEN", "NAME");
    private static final Set<Integer> TO_THE_RIGHT = Set.of(0, 3, 4, 5);
    private static final int LAST = HEADINGS.size() - 1;
    private static final int LEAST_NAME = 12;
    private static final String ELLIPSIS = "…";

    private final int columns;
    private final DateTimeFormatter time;

    /// @param columns of the terminal; nothing is cut if it is [Integer#MAX_VALUE]
    /// @param zone    in which times are shown
    QueueTable(int columns, ZoneId zone) {
        this.columns = columns;
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    }

    /// @param asked the states that were asked for; empty for all
    List<String> lines(DeskAnswer.Listing listing, Set<FileState> asked) {
        List<String> lines = new ArrayList<>();
        lines.add(counted(listing.counts()));
        if (!listing.files().isEmpty()) {
            lines.add("");
            table(listing.files(), lines);
        }
        leftOut(listing, asked).forEach(lines::add);
        return lines;
    }

    private static String counted(Map<FileState, Long> counts) {
        String line = inOrder()
                .filter(counts::containsKey)
                .map(state -> "%,d %s".formatted(counts.get(state), state.word()))
                .collect(Collectors.joining(", "));
        return line.isEmpty() ? "The queue is empty." : line;
    }

    /// As the files are listed.
    private static Stream<FileState> inOrder() {
        return Stream.of(
                FileState.TRAINING,
                FileState.INTERRUPTED,
                FileState.HELD,
                FileState.WAITING,
                FileState.TAKING,
                FileState.COMPLETED,
                FileState.SKIPPED,
                FileState.FAILED,
                FileState.REMOVED);
    }

    private void table(List<FileSummary> files, List<String> lines) {
        List<List<String>> rows = files.stream().map(this::cells).toList();
        int[] widths = IntStream.range(0, HEADINGS.size())
                .map(i -> Math.max(
                        Cells.width(HEADINGS.get(i)),
                        rows.stream().mapToInt(r -> Cells.width(r.get(i))).max().orElse(0)))
                .toArray();
        int before = Arrays.stream(widths, 0, LAST).map(w -> w + 2).sum();
        widths[LAST] = Math.max(LEAST_NAME, Math.min(widths[LAST], columns - before));
        lines.add(line(HEADINGS, widths));
        for (int i = 0; i < files.size(); i++) {
            lines.add(line(rows.get(i), widths));
            String note = note(files.get(i));
            if (note != null) {
                String indented = " ".repeat(widths[0] + 2) + note;
                lines.add(Cells.fit(indented, columns, ELLIPSIS));
            }
        }
    }

    private List<String> cells(FileSummary f) {
        return List.of(
                Long.toString(f.id()),
                f.state().word(),
                f.priority().word(),
                number(f.rows()),
                number(f.plannedSteps()),
                Integer.toString(f.attempts()),
                time.format(f.arrivedAt()),
                Cells.neutral(f.name()));
    }

    private static String number(@Nullable Long n) {
        return n == null ? "-" : "%,d".formatted(n);
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < LAST; i++) {
            String blanks = " ".repeat(widths[i] - Cells.width(cells.get(i)));
            line.append(TO_THE_RIGHT.contains(i) ? blanks + cells.get(i) : cells.get(i) + blanks)
                    .append("  ");
        }
        return line.append(Cells.fitMiddle(cells.get(LAST), widths[LAST], ELLIPSIS))
                .toString();
    }

    /// Why a file stands where it does, where that is worth a line.
    private @Nullable String note(FileSummary f) {
        String reason = f.reason();
        if (reason == null) {
            return null;
        }
        Instant ready = f.readyAt();
        String more = f.state() == FileState.HELD
                ? "; let it wait with: ./stepwell release " + f.id()
                : ready == null ? "" : "; tried again after " + time.format(ready);
        return Cells.neutral(reason) + more;
    }

    private static List<String> leftOut(DeskAnswer.Listing listing, Set<FileState> asked) {
        Map<FileState, Long> shown =
                listing.files().stream().collect(Collectors.groupingBy(FileSummary::state, Collectors.counting()));
        String more = inOrder()
                .filter(state -> asked.isEmpty() || asked.contains(state))
                .filter(state -> listing.counts().getOrDefault(state, 0L) > shown.getOrDefault(state, 0L))
                .map(state -> "%,d more %s"
                        .formatted(
                                listing.counts().getOrDefault(state, 0L) - shown.getOrDefault(state, 0L), state.word()))
                .collect(Collectors.joining(", "));
        return more.isEmpty()
                ? List.of()
                : List.of("", "… and %s; see them with: ./stepwell list --all".formatted(more));
    }

    /// In a few words, where a file stands.
    static String standing(FileSummary f) {
        String rows = f.rows() == null || f.plannedSteps() == null
                ? ""
                : ", %,d rows, %,d steps".formatted(f.rows(), f.plannedSteps());
        String priority = f.priority() == Priority.NORMAL
                ? ""
                : ", priority " + f.priority().word();
        String reason = f.reason() == null ? "" : ": " + Cells.neutral(f.reason());
        return f.state().word() + rows + priority + reason;
    }
}
