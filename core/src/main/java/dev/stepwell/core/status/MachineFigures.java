package dev.stepwell.core.status;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the machine, or the container in which the daemon runs, is busy with. What cannot be measured is null.
///
/// @param cpuPercent         of all processors together, since the sample before
/// @param memoryUsedBytes    what is not available to a program that wants it: caches do not count, but in a
///                           container with a limit, where they cannot be told apart
/// @param memoryTotalBytes   that there is
/// @param processMemoryBytes that the daemon keeps in memory
/// @param diskFreeBytes      on the disk of the base directory, for whoever runs the daemon
/// @param diskTotalBytes     of that disk
/// @param gpus               of the machine, in the driver's order; empty where none is known
public record MachineFigures(
        @Nullable Double cpuPercent,
        @Nullable Long memoryUsedBytes,
        @Nullable Long memoryTotalBytes,
        @Nullable Long processMemoryBytes,
        @Nullable Long diskFreeBytes,
        @Nullable Long diskTotalBytes,
        List<Gpu> gpus) {
    /// Nothing of it can be measured.
    public static final MachineFigures UNKNOWN = new MachineFigures(null, null, null, null, null, null, List.of());

    public MachineFigures {
        gpus = List.copyOf(gpus);
    }

    /// One GPU.
    ///
    /// @param index            the driver's number
    /// @param busyPercent      share of the time in which it computed
    /// @param temperatureCelsius of the chip
    /// @param powerWatts       that it draws
    public record Gpu(
            int index,
            String name,
            @Nullable Double busyPercent,
            @Nullable Long memoryUsedBytes,
            @Nullable Long memoryTotalBytes,
            @Nullable Double temperatureCelsius,
            @Nullable Double powerWatts) {}
}
