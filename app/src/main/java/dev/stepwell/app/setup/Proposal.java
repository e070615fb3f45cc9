package dev.stepwell.app.setup;

import dev.stepwell.app.config.ComputeType;
import dev.stepwell.app.config.ConfigDraft;
import dev.stepwell.app.config.ConfigKeys;
import dev.stepwell.app.config.Method;
import dev.stepwell.torch.model.Dtype;
import java.nio.file.Path;
import java.util.Optional;

/// The configuration that is proposed for what was found.
final class Proposal {
    /// Usual rates: adapters begin at nothing and need more than weights that know something already.
    private static final double ADAPTER_RATE = 0.000_2;

    private static final double WEIGHTS_RATE = 0.000_02;
    private static final int LONGEST_NAME = 100;

    private Proposal() {}

    static ConfigDraft of(Findings findings, Setting setting) {
        ConfigDraft draft = new ConfigDraft()
                .set(ConfigKeys.BATCH_SIZE, (long) setting.rows())
                .set(ConfigKeys.GRADIENT_ACCUMULATION, (long) setting.accumulation())
                .set(ConfigKeys.MAX_LENGTH, (long) setting.maxLength())
                .set(ConfigKeys.DTYPE, type(setting.compute().dtype()))
                .set(ConfigKeys.GRADIENT_CHECKPOINTING, setting.compute().gradientCheckpointing());
        findings.inspection().ifPresent(inspection -> {
            Path folder = inspection.model().folder().normalize();
            draft.set(ConfigKeys.MODEL_NAME, name(folder))
                    .set(ConfigKeys.MODEL_PATH, Optional.of(folder.toString()))
                    .set(ConfigKeys.METHOD, setting.method())
                    .set(ConfigKeys.LEARNING_RATE, setting.method() == Method.LORA ? ADAPTER_RATE : WEIGHTS_RATE);
        });
        return draft;
    }

    private static ComputeType type(Dtype dtype) {
        return switch (dtype) {
            case F32 -> ComputeType.F32;
            case BF16 -> ComputeType.BF16;
        };
    }

    private static String name(Path folder) {
        Path last = folder.getFileName();
        String name = last == null ? "model" : last.toString().strip();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }
}
