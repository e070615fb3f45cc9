package dev.stepwell.torch;

import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/// Saves checkpoints of a file in training, and tells of them.
final class FileCheckpoints {
    private final TrainedModel trained;
    private final FilePlan plan;
    private final TrainingListener listener;

    FileCheckpoints(TrainedModel trained, FilePlan plan, TrainingListener listener) {
        this.trained = trained;
        this.plan = plan;
        this.listener = listener;
    }

    /// Saves. Leaves the phase at [Phase#SAVING].
    void save() throws IOException {
        long started = System.nanoTime();
        listener.on(new TrainingEvent.PhaseChanged(Phase.SAVING));
        Path directory = trained.save(plan.cursor());
        listener.on(new TrainingEvent.CheckpointSaved(
                trained.globalStep(), directory, Duration.ofNanos(System.nanoTime() - started)));
    }

    /// Saves, unless the newest checkpoint has these very weights.
    ///
    /// @return whether there was something to save
    boolean saveNew() throws IOException {
        if (!trained.ahead()) {
            return false;
        }
        save();
        return true;
    }
}
