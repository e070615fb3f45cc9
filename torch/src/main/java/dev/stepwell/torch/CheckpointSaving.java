package dev.stepwell.torch;

import dev.stepwell.core.io.ByteSize;
import dev.stepwell.core.io.DiskSpace;
import dev.stepwell.core.io.StorageFault;
import dev.stepwell.core.training.Phase;
import dev.stepwell.core.training.StepControl;
import dev.stepwell.core.training.TrainingEvent;
import dev.stepwell.core.training.TrainingListener;
import dev.stepwell.torch.checkpoint.Cursor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Saves checkpoints, and waits where the disk has no space for one.
///
/// ```
///             ┌── enough ──► save ──► done
///  space? ────┤               │ refused: a quota, or somebody was faster
///    ▲        └── too little ─┴──► say so, wait, obey a stop ──┐
///    └─────────────────────────────────────────────────────────┘
/// ```
///
/// Belongs to the training thread. What is waited for is looked at twice a second; nothing else is done
/// meanwhile, and the weights stay as they are.
final class CheckpointSaving {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSaving.class);

    /// How much and how long.
    ///
    /// @param reserve bytes to be left beside a checkpoint, for queue, reports, status and logs
    /// @param look    how often to look for space, and for a stop
    /// @param retry   how long to wait before trying again where the disk refused what it had space for, and
    ///                has got no more since
    record Patience(long reserve, Duration look, Duration retry) {
        static final Patience DEFAULT = new Patience(16 << 20, Duration.ofMillis(500), Duration.ofSeconds(15));
    }

    private final TrainedModel trained;
    private final TrainingListener listener;
    private final StepControl control;
    private final Patience patience;

    CheckpointSaving(TrainedModel trained, TrainingListener listener, StepControl control, Patience patience) {
        this.trained = trained;
        this.listener = listener;
        this.control = control;
        this.patience = patience;
    }

    /// Saves a checkpoint at `position`, as soon as there is space for it.
    ///
    /// @return whether it is saved; if not, the user wants to stop and the one before is as it was
    /// @throws IOException if it cannot be saved for another reason than a full disk; the one before is as it was
    boolean save(Cursor position) throws IOException {
        listener.on(new TrainingEvent.PhaseChanged(Phase.SAVING));
        DiskSpace space = trained.space(patience.reserve());
        while (true) {
            if (space.suffices() && attempt(position)) {
                return true;
            }
            if (!awaitSpace(trained.space(patience.reserve()))) {
                return false;
            }
            space = trained.space(patience.reserve());
        }
    }

    /// @return whether it is saved; if not, the disk is full after all
    private boolean attempt(Cursor position) throws IOException {
        long started = System.nanoTime();
        Path directory;
        try {
            directory = trained.save(position);
        } catch (IOException e) {
            if (StorageFault.of(e).orElse(null) != StorageFault.NO_SPACE) {
                throw e;
            }
            LOG.warn("the checkpoint of step {} did not fit: {}", trained.globalStep(), e.toString());
            return false;
        }
        listener.on(new TrainingEvent.CheckpointSaved(
                trained.globalStep(), directory, Duration.ofNanos(System.nanoTime() - started)));
        return true;
    }

    /// Returns when there is more space than in `lack` and enough, or when it is time to try again regardless.
    ///
    /// @return false if the user wants to stop
    private boolean awaitSpace(DiskSpace lack) throws IOException {
        LOG.warn(lack.shortage());
        listener.on(new TrainingEvent.WaitingForSpace(lack));
        long began = System.nanoTime();
        boolean asked = false;
        while (!stopRequested()) {
            DiskSpace now = trained.space(patience.reserve());
            boolean moreThanRefused = now.free() > lack.free();
            boolean again =
                    asked || System.nanoTime() - began >= patience.retry().toNanos();
            if (now.suffices() && (moreThanRefused || again)) {
                LOG.info("there is space again: {} are free", ByteSize.of(now.free()));
                listener.on(new TrainingEvent.SpaceFound());
                return true;
            }
            asked = control.awaitSpace(patience.look());
        }
        LOG.warn(
                "stopped while the disk is full: steps {} to {} are not saved, and done again at the next start",
                trained.savedStep() + 1,
                trained.globalStep());
        return false;
    }

    private boolean stopRequested() {
        // An interrupted thread cannot write files, nor can it wait.
        return Thread.currentThread().isInterrupted()
                || switch (control.signal()) {
                    case STOP -> true;
                    // A pause and a skip need the checkpoint as much as going on does.
                    case CONTINUE, PAUSE, SKIP -> false;
                };
    }
}
