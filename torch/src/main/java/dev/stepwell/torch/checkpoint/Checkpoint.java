package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A checkpoint on disk whose files were all checked.
///
/// @param directory  where it lies
/// @param model      shape of its weights; null if it is an adapter, whose model has its own folder
/// @param lora       what the adapter is; null if it is none
/// @param state      our sidecar
/// @param logHistory steps with what was measured, oldest first
public record Checkpoint(
        Path directory,
        @Nullable ModelConfig model,
        @Nullable LoraConfig lora,
        StepwellState state,
        List<LogEntry> logHistory) {
    public Checkpoint {
        logHistory = List.copyOf(logHistory);
    }

    public long globalStep() {
        return state.globalStep();
    }
}
