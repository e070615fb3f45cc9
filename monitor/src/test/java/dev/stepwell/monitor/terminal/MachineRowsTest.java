package dev.stepwell.monitor.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MachineRowsTest {
    private static final long GB = 1L << 30;
    private static final Style PLAIN = new Style(false, true);
    private static final Gpu GPU = new Gpu(0, "NVIDIA H200", 87.4, 20 * GB, 140 * GB, 63.0, 251.5);

    /// As they are in the status file.
    static Map<String, Object> figures() {
        Map<String, Object> json = new HashMap<>(Map.of(
                "cpu_percent",
                96.7,
                "memory_used_bytes",
                3 * GB + GB / 5,
                "memory_total_bytes",
                24 * GB,
                "process_memory_bytes",
                GB,
                "disk_free_bytes",
                12 * GB,
                "disk_total_bytes",
                100 * GB));
        json.put("gpus", List.of());
        return json;
    }

    @Test
    void aWideWindowHasAllFigures() {
        assertThat(rows(machine(3 * GB, 50 * GB), 120, PLAIN))
                .containsExactly(" Machine processors 97% · memory 3.00 GB of 24.0 GB, the daemon 1.00 GB"
                        + " · disk 50.0 GB free of 100 GB");
    }

    @Test
    void aGpuHasARowOfItsOwn() {
        MachineFigures machine = new MachineFigures(97.0, null, null, null, null, null, List.of(GPU));
        assertThat(rows(machine, 80, PLAIN))
                .containsExactly(
                        " Machine processors 97%",
                        " GPU 0   87%, 63 °C, 252 W · memory 20.0 GB of 140 GB · NVIDIA H200");
        assertThat(rows(machine, 53, new Style(false, false)))
                .contains(" GPU 0   87%, 63 C, 252 W | 20.0 GB of 140 GB | NV...");
    }

    @Test
    void whatCannotBeMeasuredIsLeftOut() {
        assertThat(rows(MachineFigures.UNKNOWN, 80, PLAIN)).isEmpty();
        assertThat(rows(new MachineFigures(null, null, 24 * GB, null, 5L, 100L, List.of()), 80, PLAIN))
                .containsExactly(" Machine disk 5 B free of 100 B");
    }

    @Test
    void whatRunsShortStandsOut() {
        Style painted = new Style(true, true);
        assertThat(rows(machine(3 * GB, 50 * GB), 120, painted)).noneMatch(row -> row.contains("\u001B[33m"));
        assertThat(rows(machine(23 * GB, 50 * GB), 120, painted))
                .anyMatch(row -> row.contains("\u001B[33mmemory 23.0 GB of 24.0 GB"));
        assertThat(rows(machine(3 * GB, 5 * GB), 120, painted)).anyMatch(row -> row.contains("\u001B[33mdisk 5.00 GB"));
    }

    private static MachineFigures machine(long memory, long diskFree) {
        return new MachineFigures(96.7, memory, 24 * GB, GB, diskFree, 100 * GB, List.of());
    }

    private static List<String> rows(MachineFigures figures, int width, Style style) {
        ScreenRows rows = new ScreenRows();
        new MachineRows(figures, width, style).addTo(rows);
        return rows.render(List.of(), width, 5, style).stream()
                .filter(row -> !row.isEmpty())
                .toList();
    }
}
