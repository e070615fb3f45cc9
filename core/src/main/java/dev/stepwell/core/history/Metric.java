package dev.stepwell.core.history;

import java.util.Arrays;
import java.util.Optional;

/// What can be drawn over the steps.
public enum Metric {
    /// Mean cross-entropy over a step's target tokens, in nats.
    LOSS("loss", Source.STEP, "loss"),
    LEARNING_RATE("learning_rate", Source.STEP, "learning_rate"),
    /// L2 norm of all gradients before clipping.
    GRADIENT_NORM("gradient_norm", Source.STEP, "gradient_norm"),
    STEPS_PER_SECOND("steps_per_sec", Source.STEP, "1e9 / nanos"),
    TOKENS_PER_SECOND("tokens_per_sec", Source.STEP, "tokens * 1e9 / nanos"),
    /// Share of the previews of a process that were right so far, in percent. One value for each preview.
    ACCURACY("accuracy_percent", Source.PREVIEW, "accuracy_percent"),
    /// Of all processors together, in percent. One value each few seconds, as of all that the machine is asked for.
    CPU("cpu_percent", Source.MACHINE, "cpu_percent"),
    MEMORY("memory_used_bytes", Source.MACHINE, "memory_used_bytes"),
    PROCESS_MEMORY("process_memory_bytes", Source.MACHINE, "process_memory_bytes"),
    DISK_FREE("disk_free_bytes", Source.MACHINE, "disk_free_bytes"),
    /// Share of the time in which they computed, in percent, in the mean of all GPUs.
    GPU("gpu_percent", Source.MACHINE, "gpu_percent"),
    /// Of all GPUs together.
    GPU_MEMORY("gpu_memory_used_bytes", Source.MACHINE, "gpu_memory_used_bytes");

    /// Where its values are.
    enum Source {
        STEP,
        PREVIEW,
        MACHINE
    }

    private final String word;
    private final Source source;
    private final String expression;

    Metric(String word, Source source, String expression) {
        this.word = word;
        this.source = source;
        this.expression = expression;
    }

    /// As it is called in JSON.
    public String word() {
        return word;
    }

    Source source() {
        return source;
    }

    /// In SQL, over a row of its source.
    String expression() {
        return expression;
    }

    public static Optional<Metric> of(String word) {
        return Arrays.stream(values())
                .filter(metric -> metric.word.equals(word))
                .findFirst();
    }
}
