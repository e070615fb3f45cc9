package dev.stepwell.monitor.terminal;

import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import dev.stepwell.monitor.terminal.Style.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the machine is busy with on the full screen: a row for the machine and one for each GPU, as far as it is
/// known, in the dashboard's words.
record MachineRows(MachineFigures figures, int width, Style style) {
    private static final double HIGH = 0.9;

    /// @param few    where there is no room for `many`
    /// @param scarce whether nearly all of it is in use, which is worth a look
    private record Item(String many, String few, boolean scarce) {}

    void addTo(ScreenRows rows) {
        List<Item> items = items();
        if (!items.isEmpty()) {
            rows.add(Rank.MACHINE, line("Machine", items));
        }
        for (Gpu gpu : figures.gpus()) {
            rows.add(Rank.MACHINE, line("GPU " + gpu.index(), items(gpu)));
        }
        if (!items.isEmpty() || !figures.gpus().isEmpty()) {
            rows.gap();
        }
    }

    private List<Item> items() {
        List<Item> items = new ArrayList<>();
        Double busy = figures.cpuPercent();
        if (busy != null) {
            String words = "processors %d%%".formatted(Math.round(busy));
            items.add(new Item(words, words, false));
        }
        Long used = figures.memoryUsedBytes();
        Long memory = figures.memoryTotalBytes();
        Long own = figures.processMemoryBytes();
        if (used != null && memory != null) {
            String words = "memory " + Words.bytes(used) + " of " + Words.bytes(memory);
            String daemon = own == null ? "" : ", the daemon " + Words.bytes(own);
            items.add(new Item(words + daemon, words, scarce(used, memory)));
        }
        Long free = figures.diskFreeBytes();
        Long disk = figures.diskTotalBytes();
        if (free != null && disk != null) {
            String words = "disk " + Words.bytes(free) + " free";
            items.add(new Item(words + " of " + Words.bytes(disk), words, scarce(disk - free, disk)));
        }
        return items;
    }

    private List<Item> items(Gpu gpu) {
        List<String> state = new ArrayList<>();
        addIfKnown(state, gpu.busyPercent(), "%");
        addIfKnown(state, gpu.temperatureCelsius(), style.celsius());
        addIfKnown(state, gpu.powerWatts(), " W");
        List<Item> items = new ArrayList<>();
        if (!state.isEmpty()) {
            String words = String.join(", ", state);
            items.add(new Item(words, words, false));
        }
        Long used = gpu.memoryUsedBytes();
        Long memory = gpu.memoryTotalBytes();
        if (used != null && memory != null) {
            String words = Words.bytes(used) + " of " + Words.bytes(memory);
            items.add(new Item("memory " + words, words, scarce(used, memory)));
        }
        String name = Cells.neutral(gpu.name());
        items.add(new Item(name, name, false));
        return items;
    }

    private static void addIfKnown(List<String> list, @Nullable Double value, String unit) {
        if (value != null) {
            list.add(Math.round(value) + unit);
        }
    }

    private static boolean scarce(long some, long all) {
        return some > HIGH * all;
    }

    private Line line(String name, List<Item> items) {
        Line many = Line.label(name);
        Line few = Line.label(name);
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Tone tone = item.scarce() ? Tone.WARNING : Tone.PLAIN;
            many.add(i == 0 ? "" : style.separator(), Tone.DIM).add(item.many(), tone);
            few.add(i == 0 ? "" : style.separator(), Tone.DIM).add(item.few(), tone);
        }
        return many.width() <= width ? many : few;
    }
}
