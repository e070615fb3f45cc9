package dev.stepwell.torch.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Collections;
import java.util.Random;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// What a pass takes at its peak, as Linux counts it for this process.
@EnabledOnOs(OS.LINUX)
class BackwardPassMemoryTest {
    private static final ModelConfig DEEP = ModelConfig.llama(64, 128, 384, 16, 4, 2, 512, 10_000, 1e-5, true, 0.02);

    @Test
    void layerByLayerAPassTakesAFractionOfTheMemory() throws IOException {
        torch.set_num_threads(1);
        try (LlamaModel model = new LlamaModel(DEEP, Parameters.random(DEEP, 1))) {
            // What libraries take once is no part of it.
            growth(model, true, 1, 8);
            growth(model, false, 1, 8);
            // The smaller one first: what the allocator keeps of it cannot make the other seem large.
            long layers = growth(model, true, 4, 256);
            long whole = growth(model, false, 4, 256);
            assertThat(layers).as("of %d", whole).isBetween(1L, whole / 2);
        }
    }

    /// Bytes by which the resident memory was higher during a pass than before.
    private static long growth(LlamaModel model, boolean checkpointing, int rows, int length) throws IOException {
        MicroBatch batch = MicroBatch.of(Collections.nCopies(rows, row(length)), RowLayout.PACKED, 0);
        Files.writeString(Path.of("/proc/self/clear_refs"), "5"); // The peak is what is there now.
        long before = status("VmHWM:");
        BackwardPass.of(new Compute(Dtype.F32, checkpointing)).add(model, batch, 1);
        return status("VmHWM:") - before;
    }

    private static long status(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }

    private static Example row(int length) {
        BitSet targets = new BitSet();
        targets.set(length - 4, length);
        return new Example(new Random(1).ints(length, 0, DEEP.vocabSize()).toArray(), targets);
    }
}
