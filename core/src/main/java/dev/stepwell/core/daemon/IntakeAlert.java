package dev.stepwell.core.daemon;

import dev.stepwell.core.queue.Intake;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;
import java.nio.file.Path;

/// Says on the board for how long no file can be taken from the inbox for want of space. The state stays what it
/// is: what was taken before is trained meanwhile, as far as it needs no space.
record IntakeAlert(Path where, StatusBoard board) implements Intake.SpaceListener {
    @Override
    public void outOfSpace(Exception refusal) {
        board.raise(new Alert(
                Alert.INTAKE_DISK_FULL,
                Severity.CRITICAL,
                "No file is taken from the inbox. " + SpaceWait.shortage(where, refusal),
                board.latest().modelStep()));
    }

    @Override
    public void spaceFound() {
        board.withdraw(Alert.INTAKE_DISK_FULL);
    }
}
