package dev.stepwell.torch;

import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.Hardware;

/// What computing may cost in memory and time. What is trained and saved is the same whatever this says, and it
/// may be changed between two runs.
///
/// @param dtype                 in which it is done
/// @param gradientCheckpointing whether each layer is computed a second time on the way back instead of being
///                              kept in memory
/// @param hardware              on what
public record Compute(Dtype dtype, boolean gradientCheckpointing, Hardware hardware) {
    public static final Compute DEFAULT = new Compute(Dtype.F32, false);

    /// The same on the CPU.
    public Compute(Dtype dtype, boolean gradientCheckpointing) {
        this(dtype, gradientCheckpointing, Hardware.CPU);
    }
}
