package dev.stepwell.torch.evaluation;

import dev.stepwell.data.Gate;
import java.io.IOException;

/// Where in training an evaluation takes place: told when it begins and ends, and asked whether to go on.
public interface Interludes extends Gate<IOException> {
    /// The model is asked now.
    void begin();

    /// Seconds on a clock that stands still during pauses.
    double seconds();

    /// It is no more.
    ///
    /// @param whole   whether it was not given up
    /// @param seconds that it took
    void end(boolean whole, double seconds);
}
