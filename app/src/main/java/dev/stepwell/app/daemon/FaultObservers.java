package dev.stepwell.app.daemon;

import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.torch.checkpoint.SavePoint;

/// Who is told of the moments between two durable changes: nobody, but in tests that end the process there.
///
/// @param queue  of taking, claiming and retiring files
/// @param saving of saving a checkpoint; told on the training thread
public record FaultObservers(FaultPoint.Observer queue, SavePoint.Observer saving) {
    public static final FaultObservers NONE = new FaultObservers(FaultPoint.Observer.NONE, SavePoint.Observer.NONE);
}
