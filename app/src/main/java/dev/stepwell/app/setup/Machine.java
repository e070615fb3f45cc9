package dev.stepwell.app.setup;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// What this machine, or the container in which this process runs, has to train with.
///
/// @param memory     bytes in all
/// @param available  bytes that could be used now without pushing others out
/// @param processors that threads can run on at once
record Machine(long memory, long available, int processors) {
    private static final Path MEMINFO = Path.of("/proc/meminfo");
    private static final String AVAILABLE = "MemAvailable:";

    /// This one, now.
    ///
    /// @throws IOException if the kernel's figures are there and cannot be read
    static Machine current() throws IOException {
        // Knows the limit of a container, which /proc/meminfo does not.
        if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system)) {
            throw new IOException("this JDK does not say how much memory the machine has");
        }
        long total = system.getTotalMemorySize();
        OptionalLong said = Files.isReadable(MEMINFO) ? available(Files.readString(MEMINFO)) : OptionalLong.empty();
        // What is free is less than what is available: the kernel's caches are given up when memory is wanted.
        long available = said.orElseGet(system::getFreeMemorySize);
        return new Machine(
                total, Math.min(total, available), Runtime.getRuntime().availableProcessors());
    }

    /// What the text of `/proc/meminfo` says; empty on a kernel that does not say it.
    static OptionalLong available(String meminfo) {
        return meminfo.lines()
                .filter(line -> line.startsWith(AVAILABLE))
                .mapToLong(line -> 1_024
                        * Long.parseLong(line.substring(AVAILABLE.length())
                                .replace("kB", "")
                                .strip()))
                .findFirst();
    }
}
