package dev.stepwell.app.puzzle;

/// The generator of Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (OOPSLA 2014), with the
/// output function of Stafford's variant 13. Written out here because the JDK promises the numbers of its own only for
/// one release: the demo's files must be the same on every machine.
final class SplitMix64 {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    SplitMix64(long seed) {
        state = seed;
    }

    /// A number from 0, below `bound`. The bias is at most `bound / 2^64`.
    long below(long bound) {
        state += GOLDEN_GAMMA;
        return Long.remainderUnsigned(mix(state), bound);
    }

    /// Spreads 64 bits over 64 bits, one to one.
    static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
