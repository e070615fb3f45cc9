package dev.stepwell.torch;

/// The order in which a file's rows are trained in one epoch: a Fisher–Yates shuffle driven by SplitMix64 (Steele,
/// Lea and Flood, 2014), spelt out here so that no change of a library can change what an interrupted run goes on
/// with.
///
/// ```
///  state ← mix(mix(mix(seed) + file) + epoch)
///  next: state ← state + 0x9E3779B97F4A7C15; return mix(state)
///  for i = rows − 1 … 1: swap row i with row ((next >>> 1) mod (i + 1))
/// ```
///
/// The remainder favours small indices by less than one part in 2^32 for any file that fits memory.
public final class RowOrder {
    /// What checkpoints call it. Changes whenever the order does.
    public static final String NAME = "splitmix64-fisher-yates-1";

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private RowOrder() {}

    /// The indices `0 … rows − 1`, shuffled.
    public static int[] of(int rows, long seed, long fileId, int epoch) {
        long state = mix(mix(mix(seed) + fileId) + epoch);
        int[] order = new int[rows];
        for (int i = 0; i < rows; i++) {
            order[i] = i;
        }
        for (int i = rows - 1; i > 0; i--) {
            state += GOLDEN_GAMMA;
            int other = (int) ((mix(state) >>> 1) % (i + 1));
            int swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        return order;
    }

    /// The finaliser of SplitMix64: every bit of the input moves every bit of the output.
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
