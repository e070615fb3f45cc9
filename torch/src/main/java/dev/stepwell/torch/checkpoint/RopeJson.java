package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.Rope;
import org.jspecify.annotations.Nullable;

/// `rope_scaling` in `config.json`, and `rope_parameters`, which newer versions of transformers write in its place and
/// which holds `rope_theta` too.
///
/// @param type the older name of `ropeType`
record RopeJson(
        @Nullable String ropeType,
        @Nullable String type,
        @Nullable Double ropeTheta,
        @Nullable Double factor,
        @Nullable Double lowFreqFactor,
        @Nullable Double highFreqFactor,
        @Nullable Integer originalMaxPositionEmbeddings) {

    /// Both keys, as every version of transformers understands one of them; null where nothing is scaled.
    static @Nullable RopeJson scalingOf(Rope rope) {
        Rope.Llama3Scaling scaling = rope.scaling();
        return scaling == null
                ? null
                : new RopeJson(
                        "llama3",
                        null,
                        rope.theta(),
                        scaling.factor(),
                        scaling.lowFactor(),
                        scaling.highFactor(),
                        scaling.original());
    }

    /// The scaling that is meant; null for none.
    ///
    /// @throws IllegalArgumentException if it is another than can be computed here, or incomplete
    Rope.@Nullable Llama3Scaling scaling() {
        String kind = ropeType != null ? ropeType : type;
        if (kind == null || kind.equals("default")) {
            return null;
        }
        if (!kind.equals("llama3")) {
            throw new IllegalArgumentException("rope_type is %s, supported are default and llama3".formatted(kind));
        }
        if (factor == null
                || lowFreqFactor == null
                || highFreqFactor == null
                || originalMaxPositionEmbeddings == null) {
            throw new IllegalArgumentException("rope scaling lacks one of factor, low_freq_factor, high_freq_factor,"
                    + " original_max_position_embeddings");
        }
        return new Rope.Llama3Scaling(factor, lowFreqFactor, highFreqFactor, originalMaxPositionEmbeddings);
    }
}
