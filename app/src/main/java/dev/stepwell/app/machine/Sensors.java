package dev.stepwell.app.machine;

import com.sun.management.OperatingSystemMXBean;
import dev.stepwell.core.status.MachineFigures;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oshi.SystemInfo;

/// Reads the figures of this machine. For one thread.
///
/// The JDK knows the limits of a container, OSHI how much of the memory in use is a cache that is given up on demand.
/// Where OSHI's native part cannot be loaded, what it would say stays unknown.
final class Sensors {
    private static final Logger LOG = LoggerFactory.getLogger(Sensors.class);

    private final Path folder;
    private final NvidiaSmi gpus;
    private @Nullable SystemInfo system;
    private boolean systemUnknown;

    /// @param folder whose disk is looked at
    Sensors(Path folder, NvidiaSmi gpus) {
        this.folder = folder;
        this.gpus = gpus;
    }

    MachineFigures look() {
        Memory memory = memory();
        Disk disk = disk();
        return new MachineFigures(
                cpuPercent(), memory.used(), memory.total(), memory.process(), disk.free(), disk.total(), gpus.read());
    }

    private record Memory(
            @Nullable Long used,
            @Nullable Long total,
            @Nullable Long process) {}

    private record Disk(@Nullable Long free, @Nullable Long total) {}

    private static @Nullable OperatingSystemMXBean jdk() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean known ? known : null;
    }

    /// Since the last time it was asked; a first answer may be negative.
    private static @Nullable Double cpuPercent() {
        OperatingSystemMXBean jdk = jdk();
        double load = jdk == null ? -1 : jdk.getCpuLoad();
        return load < 0 || !Double.isFinite(load) ? null : (Double) (Math.rint(load * 1_000) / 10);
    }

    private Memory memory() {
        SystemInfo known = system();
        if (known == null) {
            return new Memory(null, null, null);
        }
        var machine = known.getHardware().getMemory();
        var process = known.getOperatingSystem().getCurrentProcess();
        Long resident = process == null ? null : (Long) process.getResidentSetSize();
        OperatingSystemMXBean jdk = jdk();
        if (jdk != null && jdk.getTotalMemorySize() < machine.getTotal() / 100 * 95) { // A container's limit.
            long total = jdk.getTotalMemorySize();
            return new Memory(total - jdk.getFreeMemorySize(), total, resident);
        }
        return new Memory(machine.getTotal() - machine.getAvailable(), machine.getTotal(), resident);
    }

    private @Nullable SystemInfo system() {
        if (system == null && !systemUnknown) {
            try {
                SystemInfo made = new SystemInfo();
                made.getHardware().getMemory().getTotal();
                made.getOperatingSystem().getCurrentProcess();
                system = made;
            } catch (RuntimeException | LinkageError e) {
                systemUnknown = true;
                LOG.warn("memory cannot be measured, and is not shown: {}", String.valueOf(e));
            }
        }
        return system;
    }

    /// Unknown while the folder is gone: an unmounted disk is said by who needs it.
    private Disk disk() {
        File disk = folder.toFile();
        long total = disk.getTotalSpace();
        return total == 0 ? new Disk(null, null) : new Disk(disk.getUsableSpace(), total);
    }
}
