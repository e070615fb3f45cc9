package dev.stepwell.core.retention;

import dev.stepwell.core.io.ByteSize;

/// How many bytes a rule may keep. 0 keeps nothing by that rule; [#UNLIMITED] keeps everything.
///
/// @param bytes not negative
public record Budget(long bytes) {
    /// Without an end.
    public static final Budget UNLIMITED = new Budget(Long.MAX_VALUE);
    /// Keeps nothing.
    public static final Budget NOTHING = new Budget(0);

    private static final double BYTES_PER_GB = 1e9;

    public Budget {
        if (bytes < 0) {
            throw new IllegalArgumentException("a budget of " + bytes + " bytes");
        }
    }

    /// A budget of decimal gigabytes (1 GB is 1,000,000,000 bytes), which is how disks are sold and `df -H`
    /// counts.
    public static Budget ofGigabytes(double gigabytes) {
        return new Budget(Math.round(gigabytes * BYTES_PER_GB));
    }

    boolean unlimited() {
        return bytes == Long.MAX_VALUE;
    }

    /// Whether `more` bytes fit beside the `used` ones. Never overflows.
    boolean fits(long used, long more) {
        return unlimited() || (more <= bytes && used <= bytes - more);
    }

    @Override
    public String toString() {
        return unlimited() ? "unlimited" : ByteSize.of(bytes);
    }
}
