package dev.stepwell.torch;

import dev.stepwell.data.rows.HoldOut;
import dev.stepwell.torch.checkpoint.Cursor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Which rows each step of a file trains, and where in it training is. Knows no tensors.
///
/// ```
///  epoch 0: ├ step 1 ┤├ step 2 ┤├ step 3, the rest ┤ epoch 1: ├ step 4 ┤ …
///           rows in the order of (seed, file, epoch)
/// ```
///
/// The position is a number of rows, not of steps, so that a file can be continued under a changed batch size without
/// a row being lost or trained twice.
final class FilePlan {
    private final long fileId;
    private final String fileName;
    private final long baseStep;
    private final long batchTotalSteps;
    private final int usableRows;
    private final int rowsPerStep;
    private final int epochs;
    private final HoldOut holdOut;

    private long batchStep;
    private long rowsTrained;
    private int orderedEpoch = -1;
    private int[] order = {};

    /// A file begun now.
    FilePlan(long fileId, String fileName, long baseStep, int usableRows, TrainerConfig config) {
        this.fileId = fileId;
        this.fileName = fileName;
        this.baseStep = baseStep;
        this.usableRows = usableRows;
        this.rowsPerStep = config.rowsPerStep();
        this.epochs = config.epochs();
        this.holdOut = config.holdOut();
        this.batchTotalSteps = config.plannedSteps(usableRows);
    }

    /// A file continued where `cursor` left it, with the rows and in the order with which it was begun.
    FilePlan(Cursor cursor, TrainerConfig config) {
        this.fileId = cursor.fileId();
        this.fileName = cursor.fileName();
        this.baseStep = cursor.baseStep();
        this.usableRows = Math.toIntExact(cursor.usableRows());
        this.rowsPerStep = config.rowsPerStep();
        this.epochs = config.epochs();
        this.holdOut = cursor.holdOut();
        this.batchStep = cursor.batchStep();
        this.rowsTrained = cursor.rowsTrained();
        this.batchTotalSteps = batchStep + stepsFrom(rowsTrained);
    }

    private long stepsFrom(long rows) {
        if (rows >= rowsInAll()) {
            return 0;
        }
        long leftInEpoch = usableRows - rows % usableRows;
        long wholeEpochs = epochs - rows / usableRows - 1;
        return Math.ceilDiv(leftInEpoch, rowsPerStep) + wholeEpochs * Math.ceilDiv(usableRows, rowsPerStep);
    }

    private long rowsInAll() {
        return (long) usableRows * epochs;
    }

    boolean done() {
        return batchStep == batchTotalSteps;
    }

    long fileId() {
        return fileId;
    }

    String fileName() {
        return fileName;
    }

    long baseStep() {
        return baseStep;
    }

    long batchStep() {
        return batchStep;
    }

    long batchTotalSteps() {
        return batchTotalSteps;
    }

    long rowsTrained() {
        return rowsTrained;
    }

    /// Epoch of the next step, from 0; of the last one if there is none.
    int epoch() {
        return (int) Math.min(rowsTrained / Math.max(usableRows, 1), epochs - 1L);
    }

    /// Passes over the file so far, with the fraction of the one that is not finished.
    double epochsDone() {
        return usableRows == 0 ? 0 : (double) rowsTrained / usableRows;
    }

    /// Indices of the rows that the next step trains. The last step of an epoch may have fewer than the others.
    List<Integer> nextRows() {
        int epoch = epoch();
        if (epoch != orderedEpoch) {
            order = RowOrder.of(usableRows, holdOut.seed(), fileId, epoch);
            orderedEpoch = epoch;
        }
        return rows(order, (int) (rowsTrained % usableRows));
    }

    /// Indices of the rows of each step of the first epoch, in the order in which they are trained.
    Stream<List<Integer>> stepsOfFirstEpoch() {
        int[] first = RowOrder.of(usableRows, holdOut.seed(), fileId, 0);
        return IntStream.range(0, Math.ceilDiv(usableRows, rowsPerStep))
                .mapToObj(step -> rows(first, step * rowsPerStep));
    }

    private List<Integer> rows(int[] ordered, int from) {
        int to = Math.min(from + rowsPerStep, usableRows);
        return IntStream.range(from, to).map(i -> ordered[i]).boxed().toList();
    }

    /// The next step was done, with this many rows.
    void advance(int rows) {
        batchStep++;
        rowsTrained += rows;
    }

    /// Where training is, for a checkpoint.
    Cursor cursor() {
        return new Cursor(
                fileId,
                fileName,
                baseStep,
                batchStep,
                batchTotalSteps,
                epoch(),
                rowsTrained,
                usableRows,
                holdOut.seed(),
                done(),
                holdOut.percent());
    }
}
