package dev.stepwell.core.io;

import java.util.List;
import java.util.Locale;

/// Numbers of bytes as people read them, in decimal units.
public final class ByteSize {
    private static final List<String> UNITS = List.of("kB", "MB", "GB", "TB", "PB", "EB");
    private static final double STEP = 1_000;

    private ByteSize() {}

    /// `bytes` with one digit after the point: `12.3 MB`; below a kilobyte as they are: `17 B`.
    public static String of(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double value = bytes / STEP;
        int unit = 0;
        // 999.95 would be shown as 1000.0 of the smaller unit.
        while (value >= STEP - 0.05 && unit < UNITS.size() - 1) {
            value /= STEP;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
    }
}
