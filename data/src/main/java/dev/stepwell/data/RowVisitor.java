package dev.stepwell.data;

import dev.stepwell.data.chat.TokenizedRow;
import dev.stepwell.data.rows.FileRow;

/// Is shown a file's rows one after the other.
interface RowVisitor {
    /// A row that cannot be trained.
    void refused(FileRow.Refused row);

    /// A row that is to be trained.
    ///
    /// @param line at which it begins, from 1
    void usable(long line, TokenizedRow.Usable row);

    /// A row that is to be asked and never trained.
    void heldOut(TokenizedRow.Usable row);
}
