package dev.stepwell.core.signals;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Noise of variance 1 in which each value is `alike` times the one before and something new: an AR(1) process.
public final class Noise {
    private final RandomGenerator random;
    private final double alike;
    private double before;

    /// @param alike autocorrelation of neighbours, 0 for white noise, below 1
    public Noise(long seed, double alike) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.alike = alike;
        before = random.nextGaussian();
    }

    /// The next value.
    public double next() {
        before = alike * before + Math.sqrt(1 - alike * alike) * random.nextGaussian();
        return before;
    }
}
