package dev.stepwell.app.daemon;

import dev.stepwell.core.history.RunHistory;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.status.StatusBoard;

/// Shows as an alert that measurements cannot be kept, for as long as that is so.
final class HistoryAlert implements RunHistory.Outages {
    private final StatusBoard board;

    HistoryAlert(StatusBoard board) {
        this.board = board;
    }

    @Override
    public void began(String problem) {
        board.raise(new Alert(
                Alert.HISTORY_UNWRITABLE,
                Severity.WARNING,
                problem,
                board.latest().modelStep()));
    }

    @Override
    public void over() {
        board.withdraw(Alert.HISTORY_UNWRITABLE);
    }
}
