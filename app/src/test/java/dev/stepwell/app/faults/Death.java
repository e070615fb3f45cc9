package dev.stepwell.app.faults;

import dev.stepwell.core.queue.FaultPoint;
import dev.stepwell.torch.checkpoint.SavePoint;
import java.time.Duration;

/// When a process is to be killed.
sealed interface Death {
    /// When it reaches a named moment for the `nth` time, by its own hand.
    record At(String point, int nth) implements Death {}

    /// Some time after its start, by another process's hand.
    record After(Duration time) implements Death {}

    static Death at(FaultPoint point, int nth) {
        return new At(point.name(), nth);
    }

    static Death at(SavePoint point, int nth) {
        return new At(point.name(), nth);
    }
}
