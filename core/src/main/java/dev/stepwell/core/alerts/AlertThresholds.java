package dev.stepwell.core.alerts;

import java.time.Duration;

/// From when on something is worth an alert, and when it is over. `docs/signals.md` gives the reasons.
public record AlertThresholds(
        Spike spike,
        Rise divergence,
        Standstill plateau,
        Gap overfitting,
        Loss forgetting,
        Slowness throughput,
        Silence stuck,
        Space disk,
        Fill gpu,
        Share rejected,
        Share truncated) {
    public static final AlertThresholds DEFAULT = new AlertThresholds(
            new Spike(10, 0.5, 32),
            new Rise(4, 0.25, 0.1),
            new Standstill(0.01, 0.5, 0.05),
            new Gap(0.10, 0.03),
            new Loss(0.005, 0.05, 0.10, 0.2),
            new Slowness(0.6, 0.8),
            new Silence(10, Duration.ofMinutes(1)),
            new Space(0.05, 10_000_000_000L, 1.25),
            new Fill(0.97, 0.93),
            new Share(0.10),
            new Share(0.10));

    /// A loss that stands out from those before it: by all of these, and by twice their median. Half of it
    /// still is one, once there was a whole one.
    ///
    /// @param deviations of them, 1.4826 times their median absolute deviation
    /// @param nats       above their median
    /// @param calm       steps without another after which it is over
    public record Spike(double deviations, double nats, int calm) {}

    /// The level of the loss above its lowest, by all of these. At half of one of them it is over.
    ///
    /// @param noises deviations of single losses when it was lowest
    /// @param share  of the lowest
    /// @param nats   above the lowest
    public record Rise(double noises, double share, double nats) {}

    /// A loss that falls no more: its level has gained less than both of these lately; twice as much is
    /// falling again.
    ///
    /// @param share  of the lowest level
    /// @param noises deviations of single losses
    /// @param nats   level below which there is nothing left to learn
    public record Standstill(double share, double noises, double nats) {}

    /// The validation set's cross-entropy above its lowest, as a share of it, while the file's own loss falls.
    ///
    /// @param opens from where on
    /// @param over  from where on not any more
    public record Gap(double opens, double over) {}

    /// What the model knew of a file and does not any more: fewer right answers, or a higher cross-entropy.
    ///
    /// @param chance of as few right answers from a model that knows as much as before
    /// @param over   chance from which on it is over
    /// @param share  of the judged rows by which they must be fewer, too
    /// @param nats   of cross-entropy above the lowest; at half of it, it is over
    public record Loss(double chance, double over, double share, double nats) {}

    /// Share of the usual speed that a quarter of the newest stretches of steps reach.
    ///
    /// @param opens below which it is slow
    /// @param over  from where on not any more
    public record Slowness(double opens, double over) {}

    /// No step.
    ///
    /// @param steps times the usual duration of one
    /// @param least and for so long
    public record Silence(double steps, Duration least) {}

    /// Free space: the smaller of both is to be free.
    ///
    /// @param share of the disk
    /// @param bytes of it
    /// @param over  times as much as that is enough again
    public record Space(double share, long bytes, double over) {}

    /// Share of a memory that is used.
    ///
    /// @param opens above which it is full
    /// @param over  below which not any more
    public record Fill(double opens, double over) {}

    /// Share of a file's rows, above which there are too many.
    public record Share(double most) {}
}
