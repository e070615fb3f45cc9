package dev.stepwell.torch.model;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The SwiGLU feed-forward (Shazeer, 2020): `down(silu(gate(x)) * up(x))`.
final class FeedForward {
    private final Projection gateUp;
    private final Projection down;

    /// @param gateUp gate and up projection, one below the other, `[2 × intermediate, hidden]`
    /// @param down   `[hidden, intermediate]`
    FeedForward(Projection gateUp, Projection down) {
        this.gateUp = gateUp;
        this.down = down;
    }

    /// @param x `[…, hidden]`
    Tensor forward(Tensor x) {
        TensorVector halves = gateUp.forward(x).chunk(2, -1);
        return down.forward(torch.silu(halves.get(0)).mul(halves.get(1)));
    }
}
