package dev.stepwell.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowLedgerTest {
    @Property
    void everyEpochSumsToTheFile(
            @ForAll @IntRange(max = 50) int usable,
            @ForAll @IntRange(max = 50) int heldOut,
            @ForAll @IntRange(max = 50) int rejected,
            @ForAll @IntRange(max = 200) int trained) {
        int rows = usable + heldOut + rejected;
        int done = Math.min(trained, 3 * usable);
        RowLedger ledger = new RowLedger(rows, heldOut, rejected, 0, 0, List.of()).trained(done);

        assertThat(ledger.usable()).isEqualTo(usable);
        assertThat(ledger.epochs()).isNotEmpty().allSatisfy(epoch -> {
            assertThat(epoch.trained() + epoch.left() + epoch.heldOut() + epoch.rejected())
                    .isEqualTo(rows);
            assertThat(epoch.heldOut()).isEqualTo(heldOut);
        });
        assertThat(ledger.epochs().stream().mapToLong(RowLedger.Epoch::trained).sum())
                .isEqualTo(done);
    }

    @Test
    void countsThatContradictEachOtherAreRefused() {
        for (long[] counts :
                new long[][] {{10, 6, 5, 0}, {10, -1, 0, 0}, {10, 11, 0, 0}, {10, 5, 0, 6}, {10, 0, 11, 0}}) {
            assertThatThrownBy(() -> new RowLedger(counts[0], counts[1], counts[2], counts[3], 0, List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
