package dev.stepwell.torch.model;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Frees what a computation made on its way to its result, as soon as the result is there.
///
/// Every tensor that Java has seen lives until its pointer scope ends, whether libtorch still needs it or not.
/// With one scope for a whole pass, a layer's intermediate results would outlive it.
final class Interim {
    private Interim() {}

    /// The result of `computation`, in the caller's pointer scope. What backward passes need of the way is kept
    /// by libtorch.
    ///
    /// @throws IllegalStateException if the caller has no pointer scope
    static Tensor freed(Supplier<Tensor> computation) {
        PointerScope callers = PointerScope.getInnerScope();
        if (callers == null) {
            throw new IllegalStateException("no pointer scope is open");
        }
        try (var _ = new PointerScope()) {
            Tensor result = computation.get();
            callers.attach(result);
            return result;
        }
    }
}
