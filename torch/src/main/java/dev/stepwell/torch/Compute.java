package dev.stepwell.torch;

/// What computing may cost in memory and time, without a difference in what is learnt.
///
/// @param gradientCheckpointing whether each layer is computed a second time on the way back instead of being kept in
///                              memory
public record Compute(boolean gradientCheckpointing) {
    public static final Compute DEFAULT = new Compute(false);
}
