package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.ModelConfig;
import java.nio.file.Path;
import java.util.List;

/// A checkpoint on disk whose files were all checked.
///
/// @param directory  where it lies
/// @param model      shape of its weights
/// @param state      our sidecar
/// @param logHistory steps with what was measured, oldest first
public record Checkpoint(Path directory, ModelConfig model, StepwellState state, List<LogEntry> logHistory) {
    public Checkpoint {
        logHistory = List.copyOf(logHistory);
    }

    public long globalStep() {
        return state.globalStep();
    }
}
