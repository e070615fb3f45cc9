package dev.stepwell.core.training;

import java.util.List;

/// The model that was loaded.
///
/// @param globalStep its step: 0 for a new one
/// @param parameters how many numbers it has
/// @param passedOver checkpoints that were newer but not valid, each with the reason, in one line
public record OpenedModel(long globalStep, long parameters, List<String> passedOver) {
    public OpenedModel {
        passedOver = List.copyOf(passedOver);
    }
}
