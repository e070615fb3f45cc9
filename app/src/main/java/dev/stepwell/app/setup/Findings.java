package dev.stepwell.app.setup;

import dev.stepwell.app.config.Method;
import dev.stepwell.core.io.BaseDirectory;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.ParameterLayout;
import dev.stepwell.torch.pretrained.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is known of a model, a machine, and the one on the other.
///
/// @param inspection of the model's folder; empty for a new one
/// @param shape      of the model
/// @param method     with which it is to be trained
/// @param machine    on which
/// @param freeDisk   bytes free where checkpoints go
/// @param table      each method in each type, with the rows that are proposed
/// @param chosen     the way that is proposed; empty if none fits
record Findings(
        BaseDirectory base,
        Optional<Inspection> inspection,
        ModelConfig shape,
        Method method,
        Machine machine,
        long freeDisk,
        List<Setting> table,
        Optional<Setting> chosen) {
    /// In the order in which they are tried: what is exact and fast first.
    private static final List<Compute> COMPUTES = List.of(
            new Compute(Dtype.F32, false),
            new Compute(Dtype.BF16, false),
            new Compute(Dtype.F32, true),
            new Compute(Dtype.BF16, true));
    /// Checkpoints that are kept unless the user says otherwise, and the one being written.
    private static final int CHECKPOINTS = 4;

    Findings {
        table = List.copyOf(table);
    }

    static Findings of(
            BaseDirectory base,
            Optional<Inspection> inspection,
            ModelConfig shape,
            Method method,
            Machine machine,
            long freeDisk) {
        int mostRows = inspection.isPresent() ? Setting.enoughRows(machine) : Setting.ROWS_PER_STEP;
        Optional<Setting> chosen = Setting.fitting(method, shape, COMPUTES, mostRows, machine);
        int rows = chosen.map(Setting::rows).orElse(1);
        List<Setting> table = new ArrayList<>();
        for (Method each : inspection.isPresent() ? List.of(Method.LORA, Method.FULL) : List.of(Method.FULL)) {
            for (Dtype dtype : Dtype.values()) {
                table.add(Setting.of(each, shape, new Compute(dtype, false), rows, machine));
            }
        }
        return new Findings(base, inspection, shape, method, machine, freeDisk, table, chosen);
    }

    /// The least that training with the method takes.
    long least() {
        return COMPUTES.stream()
                .mapToLong(compute ->
                        Setting.of(method, shape, compute, 1, machine).memory().total())
                .min()
                .orElseThrow();
    }

    long parameters() {
        return ParameterLayout.of(shape).parameterCount();
    }

    /// Numbers that the proposed adapter has.
    long adapterParameters() {
        return ParameterLayout.ofAdapters(shape, Setting.LORA).parameterCount();
    }

    /// Bytes of a checkpoint: what is trained, and two moments of each number.
    long checkpoint() {
        return 3L * Float.BYTES * (method == Method.LORA ? adapterParameters() : parameters());
    }

    /// Bytes of the checkpoints that are there at once.
    long checkpoints() {
        return CHECKPOINTS * checkpoint();
    }
}
