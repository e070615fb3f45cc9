package dev.stepwell.app.setup;

import dev.stepwell.app.config.Method;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.TrainingMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One way to train a model, and what memory that takes.
///
/// @param rows      in a micro-batch
/// @param maxLength tokens of a row
record Setting(Method method, Compute compute, int rows, int maxLength, TrainingMemory memory) {
    /// Rows in an optimizer step, whatever the micro-batch.
    static final int ROWS_PER_STEP = 16;

    /// The adapter that is proposed.
    static final LoraConfig LORA = new LoraConfig(16, 32, 0, Set.copyOf(LoraConfig.ALL_LINEAR), false);

    private static final int LONGEST_ROW = 512;
    /// What the estimate may take of the memory that is available: caches and the unforeseen need some, too.
    private static final double SHARE = 0.85;
    /// More are no faster as long as every thread has one, and wait longer for a pause.
    private static final int ENOUGH_ROWS = 4;

    /// How many micro-batches make a step.
    int accumulation() {
        return ROWS_PER_STEP / rows;
    }

    boolean fits(Machine machine) {
        return memory.total() <= SHARE * machine.available();
    }

    static Setting of(Method method, ModelConfig shape, Compute compute, int rows, Machine machine) {
        int maxLength = Math.min(LONGEST_ROW, shape.maxPositionEmbeddings());
        TrainingMemory memory = TrainingMemory.of(shape, lora(method), compute, rows, maxLength, machine.processors());
        return new Setting(method, compute, rows, maxLength, memory);
    }

    private static @Nullable LoraConfig lora(Method method) {
        return switch (method) {
            case FULL -> null;
            case LORA -> LORA;
        };
    }

    /// The first that fits of all ways to train with `method`: in `computes`' order, and of each with as many rows as
    /// possible.
    ///
    /// @param mostRows in a micro-batch where memory is no object; a power of two
    static Optional<Setting> fitting(
            Method method, ModelConfig shape, List<Compute> computes, int mostRows, Machine machine) {
        List<Setting> tried = new ArrayList<>();
        for (Compute compute : computes) {
            for (int rows = mostRows; rows >= 1; rows /= 2) {
                tried.add(of(method, shape, compute, rows, machine));
            }
        }
        return tried.stream().filter(setting -> setting.fits(machine)).findFirst();
    }

    /// Rows in a micro-batch that keep every thread busy where a model is not small.
    static int enoughRows(Machine machine) {
        int rows = ENOUGH_ROWS;
        while (rows < machine.processors() && rows < ROWS_PER_STEP) {
            rows *= 2;
        }
        return rows;
    }
}
