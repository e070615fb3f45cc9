package dev.stepwell.torch;

import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.RowLayout;

/// What computing may cost in memory and time. What is trained and saved is the same whatever this says, and it
/// may be changed between two runs.
///
/// @param dtype                 in which it is done
/// @param gradientCheckpointing whether each layer is computed a second time on the way back instead of being
///                              kept in memory
/// @param layout                how rows lie in a pass
/// @param hardware              on what
public record Compute(Dtype dtype, boolean gradientCheckpointing, RowLayout layout, Hardware hardware) {
    public static final Compute DEFAULT = new Compute(Dtype.F32, false);

    /// The same on the CPU, with rows packed.
    public Compute(Dtype dtype, boolean gradientCheckpointing) {
        this(dtype, gradientCheckpointing, RowLayout.PACKED, Hardware.CPU);
    }
}
