package dev.stepwell.core.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.core.queue.QueueCounts;
import dev.stepwell.core.status.Alert;
import dev.stepwell.core.status.MachineFigures;
import dev.stepwell.core.status.MachineFigures.Gpu;
import dev.stepwell.core.status.Severity;
import dev.stepwell.core.training.RowLedger;
import dev.stepwell.core.training.TrainingEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateAlertsTest {
    private static final long GB = 1_000_000_000;

    private final Replay replay = new Replay();

    @Test
    void aDiskIsLowBeforeItIsFullAndNotWhileItWavesAroundTheThreshold() {
        disk(11 * GB, 1_000 * GB);
        assertThat(replay.opened()).isEmpty();
        for (int i = 0; i < 5; i++) {
            disk(9 * GB, 1_000 * GB);
            disk(11 * GB, 1_000 * GB);
        }
        assertThat(replay.opened()).containsExactly("low_disk");
        assertThat(replay.alert("low_disk").evidence()).isEqualTo("9.0 GB free of 1.0 TB");
        disk(13 * GB, 1_000 * GB);
        assertThat(replay.standing()).isEmpty();
    }

    @Test
    void ofASmallDiskAShareMustBeFree() {
        disk(4 * GB, 50 * GB);
        assertThat(replay.opened()).isEmpty();
        disk(2 * GB, 50 * GB);
        assertThat(replay.opened()).containsExactly("low_disk");
    }

    @Test
    void aDiskThatCannotBeAskedAnyMoreIsNotSuddenlyFine() {
        disk(1 * GB, 1_000 * GB);
        replay.board().machine(MachineFigures.UNKNOWN);
        assertThat(replay.look().standing()).containsExactly("low_disk");
    }

    @Test
    void theFullestGpuIsNamed() {
        replay.board()
                .machine(new MachineFigures(
                        null, null, null, null, null, null, List.of(gpu(0, 60L), gpu(1, 98L), gpu(2, null))));
        replay.look();

        assertThat(replay.opened()).containsExactly("gpu_memory");
        assertThat(replay.alert("gpu_memory").message()).contains("GPU 1");
        assertThat(replay.alert("gpu_memory").severity()).isEqualTo(Severity.INFO);
        replay.board().machine(new MachineFigures(null, null, null, null, null, null, List.of(gpu(1, 95L))));
        assertThat(replay.look().standing()).containsExactly("gpu_memory");
        replay.board().machine(new MachineFigures(null, null, null, null, null, null, List.of(gpu(1, 92L))));
        assertThat(replay.look().standing()).isEmpty();
    }

    @Test
    void rowsThatAreRefusedOrCutAreAnAlertOfTheirFile() {
        replay.file(10).event(read(100, 10, 9));
        assertThat(replay.opened()).isEmpty();
        replay.file(10).event(read(100, 20, 9));
        assertThat(replay.standing()).containsExactly("rejected_rows", "truncated_rows");
        assertThat(replay.alert("rejected_rows").evidence()).contains("20 of 100", "20 %");
        assertThat(replay.alert("truncated_rows").evidence()).contains("9 of 80", "11 %");
        replay.file(10);
        assertThat(replay.standing()).isEmpty();
    }

    @Test
    void rowsThatAreHeldOutAreNotAmongThoseThatAreCut() {
        RowLedger ledger = new RowLedger(100, 40, 10, 6, 0, List.of());
        replay.file(10).event(new TrainingEvent.FileRead(ledger));
        assertThat(replay.alert("truncated_rows").evidence()).contains("6 of 50", "12 %");
    }

    @Test
    void aFileWithoutRowsIsNoAlert() {
        assertThat(replay.file(10).event(read(0, 0, 0)).opened()).isEmpty();
    }

    @Test
    void copiesAreAnAlertForAsLongAsTheyAreHeld() {
        replay.board().waiting(new QueueCounts(1, 0, 0, 0, 0, 0, 2));
        assertThat(replay.look().opened()).containsExactly("duplicate_file");
        replay.board().waiting(new QueueCounts(2, 1, 10, 0, 0, 0, 1));
        assertThat(replay.look().standing()).containsExactly("duplicate_file");
        replay.board().waiting(new QueueCounts(3, 2, 20, 0, 0, 0, 0));
        assertThat(replay.look().standing()).isEmpty();
    }

    @Test
    void theWordsOfAnAlertAreRenewedEachMinuteAndItsBeginningStays() {
        disk(9 * GB, 1_000 * GB);
        Alert first = replay.alert("low_disk");
        assertThat(first.since()).isEqualTo(Replay.BEGIN);

        replay.later(Duration.ofSeconds(30));
        disk(8 * GB, 1_000 * GB);
        assertThat(replay.alert("low_disk")).isEqualTo(first);
        replay.later(Duration.ofSeconds(30));
        assertThat(replay.alert("low_disk").evidence()).startsWith("8.0 GB");
        assertThat(replay.alert("low_disk").since()).isEqualTo(Replay.BEGIN);
        disk(7 * GB, 1_000 * GB);
        assertThat(replay.alert("low_disk").evidence()).startsWith("8.0 GB");
    }

    private void disk(long free, long total) {
        replay.board().machine(new MachineFigures(null, null, null, null, free, total, List.of()));
        replay.look();
    }

    private static Gpu gpu(int index, @Nullable Long used) {
        return new Gpu(index, "card", null, used, 100L, null, null);
    }

    private static TrainingEvent read(long rows, long rejected, long truncated) {
        return new TrainingEvent.FileRead(new RowLedger(rows, rejected, truncated, 0, List.of()));
    }
}
