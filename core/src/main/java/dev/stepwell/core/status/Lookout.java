package dev.stepwell.core.status;

import java.util.List;

/// Looks at what is known, step after step, for what a person should see. Called on the status thread alone:
/// what this takes, all who read the status wait for.
@FunctionalInterface
public interface Lookout {
    /// Where nobody looks: what stands is what was raised on the board.
    Lookout NOBODY = _ -> List.of();

    /// Looks once more. Called for every step, in its order; for every state that is shown; and, where
    /// nothing changes, at every heartbeat.
    ///
    /// @return what stands now, of each type one at most
    List<Alert> look(Scene scene);
}
