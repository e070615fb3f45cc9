package dev.stepwell.core.training;

import java.util.ArrayList;
import java.util.List;

/// What became of every row of a file.
///
/// Invariant, per epoch: `usable + heldOut + rejected = rows`; when a file is complete, every usable row was
/// trained `epochs` times, so `rowsTrained = usable × epochs`.
///
/// @param rows        physical lines of the file, empty ones included; of one list of JSON, its elements, and what
/// breaks it
/// @param heldOut     rows that are right, but are asked and never trained
/// @param rejected    rows refused
/// @param truncated   usable rows that were longer than the context and were cut
/// @param rowsTrained rows that went through an optimizer step, counted once per epoch
/// @param rejections  the first of the rejected rows with their reasons; may be shorter than `rejected`
public record RowLedger(
        long rows, long heldOut, long rejected, long truncated, long rowsTrained, List<RowRejection> rejections) {
    /// How many rejections are kept with their reasons; beyond it they are only counted.
    public static final int KEPT_REJECTIONS = 1_000;

    /// @throws IllegalArgumentException if the counts contradict each other
    public RowLedger {
        rejections = List.copyOf(rejections);
        if (rejected < 0
                || heldOut < 0
                || rejected > rows
                || heldOut > rows - rejected
                || truncated < 0
                || truncated > rows - rejected - heldOut
                || rowsTrained < 0) {
            throw new IllegalArgumentException(
                    "a ledger of %d rows cannot have %d held out, %d rejected, %d truncated, %d trained"
                            .formatted(rows, heldOut, rejected, truncated, rowsTrained));
        }
        if (rejections.size() > rejected) {
            throw new IllegalArgumentException(
                    "%d reasons for %d rejected rows".formatted(rejections.size(), rejected));
        }
    }

    /// A ledger of a file of which nothing is held out.
    public RowLedger(long rows, long rejected, long truncated, long rowsTrained, List<RowRejection> rejections) {
        this(rows, 0, rejected, truncated, rowsTrained, rejections);
    }

    /// Rows that are trained.
    public long usable() {
        return rows - heldOut - rejected;
    }

    /// The same, when so many rows went through an optimizer step.
    public RowLedger trained(long rowsTrainedNow) {
        return new RowLedger(rows, heldOut, rejected, truncated, rowsTrainedNow, rejections);
    }

    /// What became of the rows in one pass over the file.
    /// Invariant: `trained + left + heldOut + rejected = rows`.
    ///
    /// @param epoch     the pass, from 0
    /// @param rows      rows of the file
    /// @param trained   usable rows that this pass trained
    /// @param left      usable rows that it has not trained
    /// @param heldOut   rows that are asked and never trained
    /// @param rejected  rows refused
    /// @param truncated usable rows that are cut
    public record Epoch(int epoch, long rows, long trained, long left, long heldOut, long rejected, long truncated) {}

    /// The ledger of each epoch that was begun, of the first one if none was. Epochs are trained one after the
    /// other, so only the last can have rows left.
    public List<Epoch> epochs() {
        long usable = usable();
        long begun = usable == 0 ? 1 : Math.max(1, Math.ceilDiv(rowsTrained, usable));
        List<Epoch> epochs = new ArrayList<>();
        for (int epoch = 0; epoch < begun; epoch++) {
            long trained = Math.min(usable, rowsTrained - epoch * usable);
            epochs.add(new Epoch(epoch, rows, trained, usable - trained, heldOut, rejected, truncated));
        }
        return epochs;
    }
}
