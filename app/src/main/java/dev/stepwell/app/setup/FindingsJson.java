package dev.stepwell.app.setup;

import dev.stepwell.torch.TrainingMemory;
import dev.stepwell.torch.pretrained.Inspection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// What `init --json` prints; all sizes in bytes.
///
/// @param model        folder; null for a new one, as are the next two
/// @param storedTypes  in which its files hold weights
/// @param storedBytes  of its weights
/// @param trainable    parameters that are trained with the method
/// @param chosen       the way that is proposed; null if none fits
/// @param written      the configuration that was written; null if none was
record FindingsJson(
        @Nullable String model,
        @Nullable List<String> storedTypes,
        @Nullable Long storedBytes,
        String architecture,
        long parameters,
        String method,
        long trainable,
        int contextLength,
        int vocabulary,
        List<Way> memory,
        long machineMemory,
        long machineAvailable,
        int processors,
        long checkpointBytes,
        long freeDisk,
        @Nullable Way chosen,
        @Nullable String written) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    /// One way to train it, and what that takes.
    record Way(
            String method,
            String dtype,
            boolean gradientCheckpointing,
            int batchSize,
            int gradientAccumulation,
            int maxLength,
            long weights,
            long gradients,
            long optimizer,
            long activations,
            long total,
            boolean fits) {
        static Way of(Setting setting, Machine machine) {
            TrainingMemory memory = setting.memory();
            return new Way(
                    FindingsText.word(setting.method()),
                    setting.compute().dtype().name().toLowerCase(Locale.ROOT),
                    setting.compute().gradientCheckpointing(),
                    setting.rows(),
                    setting.accumulation(),
                    setting.maxLength(),
                    memory.weights(),
                    memory.gradients(),
                    memory.optimizer(),
                    memory.activations() + memory.scores(),
                    memory.total(),
                    setting.fits(machine));
        }
    }

    static String of(Findings findings, @Nullable String written) {
        Inspection inspection = findings.inspection().orElse(null);
        Machine machine = findings.machine();
        return JSON.writeValueAsString(new FindingsJson(
                inspection == null ? null : inspection.model().folder().toString(),
                inspection == null
                        ? null
                        : inspection.weights().types().stream()
                                .map(type -> type.name().toLowerCase(Locale.ROOT))
                                .toList(),
                inspection == null ? null : inspection.weights().bytes(),
                findings.shape().architecture().className(),
                findings.parameters(),
                FindingsText.word(findings.method()),
                findings.checkpoint() / (3 * Float.BYTES),
                findings.shape().maxPositionEmbeddings(),
                inspection == null ? findings.shape().vocabSize() : inspection.vocabulary(),
                findings.table().stream().map(way -> Way.of(way, machine)).toList(),
                machine.memory(),
                machine.available(),
                machine.processors(),
                findings.checkpoint(),
                findings.freeDisk(),
                findings.chosen().map(way -> Way.of(way, machine)).orElse(null),
                written));
    }
}
