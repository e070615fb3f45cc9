package dev.stepwell.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.app.config.Method;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.model.Dtype;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is proposed for a model of SmolLM2's shape, on machines of many sizes.
class SettingTest {
    private static final ModelConfig SMOLLM2_135M =
            ModelConfig.llama(49_152, 576, 1_536, 30, 9, 3, 8_192, 100_000, 1e-5, true, 0.02);

    @ParameterizedTest
    @CsvSource({
        "LORA,  64, F32,  false, 16",
        "LORA,   4, F32,  false, 16",
        "LORA,   3, F32,  false, 1",
        "LORA, 2.6, BF16, false, 1",
        "LORA,   2, F32,  true,  16",
        "LORA, 1.7, BF16, true,  16",
        "FULL,  64, F32,  false, 16",
        "FULL,   7, F32,  false, 1",
        "FULL,   6, F32,  true,  16",
    })
    void asManyRowsAsFitAndIfNoneDoesThenLessExactlyOrTwice(
            Method method, double gigabytes, Dtype dtype, boolean checkpointing, int rows) {
        Setting chosen = findings(method, gigabytes).chosen().orElseThrow();
        assertThat(chosen.compute().dtype()).isEqualTo(dtype);
        assertThat(chosen.compute().gradientCheckpointing()).isEqualTo(checkpointing);
        assertThat(chosen.rows()).isEqualTo(rows);
        assertThat(chosen.accumulation() * rows).isEqualTo(16);
        assertThat(chosen.memory().total()).isLessThan((long) (gigabytes * 1e9));
    }

    @Test
    void whereNothingFitsNothingIsProposedAndTheLeastIsKnown() {
        Findings findings = findings(Method.FULL, 3);
        assertThat(findings.chosen()).isEmpty();
        assertThat(findings.least()).isBetween(3_000_000_000L, 5_000_000_000L);
    }

    @Test
    void rowsAreNoLongerThanTheModelTakes() {
        ModelConfig brief = ModelConfig.llama(300, 32, 64, 1, 2, 1, 100, 10_000, 1e-5, true, 0.02);
        assertThat(findings(brief, Method.FULL, 8).chosen().orElseThrow().maxLength())
                .isEqualTo(100);
    }

    @Test
    void whatIsAvailableIsWhatTheKernelSaysAndThisMachineHasSome() throws IOException {
        assertThat(Machine.available("MemTotal: 100 kB\nMemFree:  1 kB\nMemAvailable:      42 kB\n"))
                .hasValue(43_008);
        assertThat(Machine.available("MemTotal: 100 kB\n")).isEmpty();
        Machine machine = Machine.current();
        assertThat(machine.available()).isPositive().isLessThanOrEqualTo(machine.memory());
        assertThat(machine.processors()).isPositive();
    }

    private static Findings findings(Method method, double gigabytes) {
        return findings(SMOLLM2_135M, method, gigabytes);
    }

    private static Findings findings(ModelConfig shape, Method method, double gigabytes) {
        Machine machine = new Machine(100_000_000_000L, (long) (gigabytes * 1e9), 2);
        return Findings.of(new BaseDirectory(Path.of("base")), Optional.empty(), shape, method, machine, 0);
    }
}
