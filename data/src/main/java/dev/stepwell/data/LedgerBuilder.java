package dev.stepwell.data;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.data.rows.FileRow;
import java.util.ArrayList;
import java.util.List;

/// Counts a file's rows while they are read.
final class LedgerBuilder {
    private final List<RowRejection> rejections = new ArrayList<>();
    private long rows;
    private long heldOut;
    private long rejected;
    private long truncated;

    void usable() {
        rows++;
    }

    void heldOut() {
        rows++;
        heldOut++;
    }

    void truncated() {
        truncated++;
    }

    void refused(FileRow.Refused row) {
        rows++;
        rejected++;
        if (rejections.size() < RowLedger.KEPT_REJECTIONS) {
            rejections.add(new RowRejection(row.line(), row.column(), row.reason()));
        }
    }

    RowLedger build() {
        return new RowLedger(rows, heldOut, rejected, truncated, 0, rejections);
    }
}
