package dev.stepwell.core.queue;

import dev.stepwell.core.training.FileSurvey;
import dev.stepwell.core.training.FileSurveyor;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rows that somebody appended to a file after the trainer had read it.
///
/// A file is renamed out of the inbox, but a program that holds it open goes on writing to it. What it writes
/// before the file is read is trained; what comes later is not, and so is refused by name: the ledger sums to
/// the file.
final class LateRows {
    private static final Logger LOG = LoggerFactory.getLogger(LateRows.class);

    private LateRows() {}

    /// `outcome`, with the rows that `at` has beyond those the trainer saw among the refused ones.
    ///
    /// @param at       where the file lies
    /// @param surveyor by which it was counted before
    /// @throws IOException if the file cannot be read
    static TrainingOutcome.Completed counted(
            TrainingOutcome.Completed outcome, QueuedFile file, Path at, FileSurveyor surveyor) throws IOException {
        if (!Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS) || asTaken(file, at)) {
            return outcome;
        }
        RowLedger read = outcome.ledger();
        FileSurvey now = surveyor.survey(at);
        long late = now.ledger().rows() - read.rows();
        if (late == 0) {
            return outcome;
        }
        if (late < 0) {
            LOG.warn(
                    "{} (id {}) has lost rows since it was read: it was trained as it was",
                    Printable.of(file.name()),
                    file.id());
            return outcome;
        }
        LOG.warn("{} (id {}): {} rows came too late, and are not trained", Printable.of(file.name()), file.id(), late);
        List<RowRejection> rejections = new ArrayList<>(read.rejections());
        rejections.add(new RowRejection(
                now.format().lines() ? read.rows() + 1 : 1,
                0,
                "%s%d rows were appended after the file was read: drop them as a file of their own"
                        .formatted(now.format().lines() ? "from here on, " : "", late)));
        RowLedger all = new RowLedger(
                read.rows() + late,
                read.heldOut(),
                read.rejected() + late,
                read.truncated(),
                read.rowsTrained(),
                rejections);
        return new TrainingOutcome.Completed(all, outcome.globalStep());
    }

    private static boolean asTaken(QueuedFile file, Path at) throws IOException {
        return Files.size(at) == file.bytes()
                && Files.getLastModifiedTime(at).toMillis() == file.modified().toEpochMilli();
    }
}
