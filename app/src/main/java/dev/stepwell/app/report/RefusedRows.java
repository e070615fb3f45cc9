package dev.stepwell.app.report;

import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.core.queue.AttemptEnd;
import dev.stepwell.core.queue.DeskAnswer;
import dev.stepwell.core.queue.DeskRequest;
import dev.stepwell.core.queue.FileDetails;
import dev.stepwell.core.queue.QueueReader;
import dev.stepwell.core.training.RowRejection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Rows of a file that were not trained, and why.
///
/// @param rows the first of them
/// @param more how many there are beside these
record RefusedRows(long fileId, String file, List<RowRejection> rows, long more) {
    private static final int MOST_FILES = 100;
    private static final int MOST_ROWS = 20;

    /// Those of the newest of `files` that have any. The queue knows them; where it is gone, there are none.
    ///
    /// @throws IOException if the queue's files cannot be read
    static List<RefusedRows> of(BaseDirectory base, List<Learnt> files) throws IOException {
        List<Long> ids = files.reversed().stream()
                .filter(RefusedRows::any)
                .map(Learnt::id)
                .distinct()
                .limit(MOST_FILES)
                .toList()
                .reversed();
        List<RefusedRows> all = new ArrayList<>();
        if (ids.isEmpty() || !QueueReader.exists(base)) {
            return all;
        }
        try (QueueReader queue = QueueReader.open(base)) {
            for (long id : ids) {
                if (queue.answer(new DeskRequest.Show(Long.toString(id))) instanceof DeskAnswer.Details details) {
                    all.add(of(details.file()));
                }
            }
        }
        return all;
    }

    private static boolean any(Learnt file) {
        AttemptEnd.Rows rows = file.rows();
        return rows != null && rows.rejected() > 0;
    }

    private static RefusedRows of(FileDetails details) {
        List<RowRejection> first =
                details.rejections().stream().limit(MOST_ROWS).toList();
        return new RefusedRows(
                details.file().id(),
                details.file().name(),
                first,
                details.rejections().size() - first.size() + details.rejectionsOmitted());
    }
}
