package dev.stepwell.data.rows;

import java.io.Serial;

/// Leaves the parsing of one row early; [RowParser] and [ChatPrompt] turn it into what their callers expect.
public final class RowProblemException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long offset;
    private final String reason;

    /// @param offset `char` of the line at which the fault is; -1 if the line as a whole is at fault
    RowProblemException(long offset, String reason) {
        super(reason, null, false, false);
        this.offset = offset;
        this.reason = reason;
    }

    long offset() {
        return offset;
    }

    String reason() {
        return reason;
    }
}
