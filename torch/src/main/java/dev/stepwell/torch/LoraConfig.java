package dev.stepwell.torch;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;

/// Low-rank adaptation (Hu et al., 2021), in PEFT's terms: to each targeted matrix `W` is added `s · B A` with `A` of
/// `rank` rows, and only `A` and `B` are trained.
///
/// @param rank          rows of `A`
/// @param alpha         `lora_alpha`; `s` is `alpha / rank`
/// @param dropout       share of the adapters' inputs that is dropped in training
/// @param targetModules names of the targeted projections, such as `q_proj`
/// @param rankStabilized whether `s` is `alpha / √rank` (rsLoRA, Kalajdzievski, 2023)
public record LoraConfig(int rank, double alpha, double dropout, Set<String> targetModules, boolean rankStabilized) {
    /// Every projection there is, in the order of the forward pass.
    public static final List<String> ALL_LINEAR =
            List.of("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj");

    /// @throws IllegalArgumentException if a module is not known here, or none is targeted
    public LoraConfig {
        if (rank < 1 || !(alpha > 0) || !(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException(
                    "LoRA of rank %d with alpha %s and dropout %s".formatted(rank, alpha, dropout));
        }
        if (targetModules.isEmpty()) {
            throw new IllegalArgumentException("LoRA without target modules");
        }
        SequencedSet<String> ordered = new LinkedHashSet<>(ALL_LINEAR);
        ordered.retainAll(targetModules);
        for (String module : targetModules) {
            if (!ordered.contains(module)) {
                throw new IllegalArgumentException(
                        "LoRA cannot target %s; it can %s".formatted(module, String.join(", ", ALL_LINEAR)));
            }
        }
        targetModules = Collections.unmodifiableSequencedSet(ordered);
    }

    /// `s`, by which `B A` is multiplied.
    public double scale() {
        return alpha / (rankStabilized ? Math.sqrt(rank) : rank);
    }
}
