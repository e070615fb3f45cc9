package dev.stepwell.bench;

import dev.stepwell.app.daemon.DaemonProcess;
import dev.stepwell.core.training.Trainer;
import dev.stepwell.data.JsonlDataReader;
import dev.stepwell.torch.TorchTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Resident memory after each file of an inbox. Goal: after the last within 5 % of that after the second. Linux only.
///
/// The argument is a base directory with a `config.json` and files in its inbox; without one, 22 files of the demo are
/// trained in a new one.
public final class ResidentMemory {
    private static final int FILES = 22;
    private static final int ROWS = 118 * 16;

    private ResidentMemory() {}

    /// Prints a line for each file and one for the goal.
    public static void main(String[] args) throws IOException {
        List<Long> kilobytes = new ArrayList<>();
        try (BenchPlace place = args.length == 0 ? new BenchPlace() : new BenchPlace(Path.of(args[0]))) {
            if (args.length == 0) {
                place.drop(FILES, ROWS);
            }
            new DaemonProcess(place.place()).run(true, new DaemonProcess.Extension() {
                @Override
                public Trainer around(TorchTrainer trainer, JsonlDataReader reader) {
                    return new Watched(trainer, _ -> {}, _ -> {
                        kilobytes.add(resident());
                        System.out.printf(Locale.ROOT, "file %2d: %,d kB%n", kilobytes.size(), kilobytes.getLast());
                    });
                }
            });
        }
        double second = kilobytes.get(1);
        double last = kilobytes.getLast();
        System.out.printf(
                Locale.ROOT,
                "after file %d: %+.1f %% against after file 2%n",
                kilobytes.size(),
                100 * (last - second) / second);
    }

    private static long resident() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
