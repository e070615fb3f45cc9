package dev.stepwell.core.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.RowRejection;
import dev.stepwell.core.training.TrainingOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LateRowsTest {
    @TempDir
    private Path directory;

    @Test
    void rows_that_came_too_late_are_refused_whichever_side_they_would_have_been_on() throws IOException {
        Path file = Files.writeString(directory.resolve("a.jsonl"), "1\nheld\nbad\n2\nheld\n3\n");
        QueuedFile taken = new QueuedFile(
                1,
                "a.jsonl",
                "1__a.jsonl",
                "a.jsonl",
                11,
                Instant.EPOCH,
                FileState.TRAINING,
                Priority.NORMAL,
                Instant.EPOCH,
                0,
                null);
        RowRejection bad = new RowRejection(3, 1, "says so");
        RowLedger read = new RowLedger(3, 1, 1, 0, 1, List.of(bad));

        RowLedger all = LateRows.counted(new TrainingOutcome.Completed(read, 7), taken, file, new LineSurveyor())
                .ledger();

        assertThat(all.rows()).isEqualTo(6);
        assertThat(all.heldOut()).isEqualTo(1);
        assertThat(all.rejected()).isEqualTo(4);
        assertThat(all.usable()).isEqualTo(1).isEqualTo(all.rowsTrained());
        assertThat(all.rejections()).hasSize(2).first().isEqualTo(bad);
    }
}
