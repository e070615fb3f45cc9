package dev.stepwell.torch;

import org.jspecify.annotations.Nullable;

/// The shape of a decoder-only transformer of the Llama family, in the terms of Hugging Face's `config.json`.
///
/// @param architecture          which of the family
/// @param vocabSize             rows of the embedding
/// @param hiddenSize            width of the residual stream
/// @param intermediateSize      width inside the SwiGLU feed-forward
/// @param numHiddenLayers       transformer blocks
/// @param numAttentionHeads     query heads
/// @param numKeyValueHeads      key and value heads; divides `numAttentionHeads`
/// @param headDim               width of one head; even
/// @param maxPositionEmbeddings longest sequence
/// @param rope                  rotary frequencies
/// @param rmsNormEps            added to the mean square before its root
/// @param tieWordEmbeddings     whether the head is the embedding
/// @param attentionBias         whether all projections of the attention have a bias; those of queries, keys and
///                              values have one in [Architecture#QWEN2] besides
/// @param mlpBias               whether the projections of the feed-forward have one
/// @param slidingWindow         positions that one position sees, itself included; null for all before it
/// @param initializerRange      standard deviation of new weights
public record ModelConfig(
        Architecture architecture,
        int vocabSize,
        int hiddenSize,
        int intermediateSize,
        int numHiddenLayers,
        int numAttentionHeads,
        int numKeyValueHeads,
        int headDim,
        int maxPositionEmbeddings,
        Rope rope,
        double rmsNormEps,
        boolean tieWordEmbeddings,
        boolean attentionBias,
        boolean mlpBias,
        @Nullable Integer slidingWindow,
        double initializerRange) {

    /// @throws IllegalArgumentException if the sizes do not fit each other, naming them
    public ModelConfig {
        positive("vocab_size", vocabSize);
        positive("hidden_size", hiddenSize);
        positive("intermediate_size", intermediateSize);
        positive("num_hidden_layers", numHiddenLayers);
        positive("num_attention_heads", numAttentionHeads);
        positive("num_key_value_heads", numKeyValueHeads);
        positive("head_dim", headDim);
        positive("max_position_embeddings", maxPositionEmbeddings);
        if (headDim % 2 != 0) {
            throw new IllegalArgumentException("head_dim %d must be even, for rotary embedding".formatted(headDim));
        }
        if (numAttentionHeads % numKeyValueHeads != 0) {
            throw new IllegalArgumentException("num_attention_heads %d must be a multiple of num_key_value_heads %d"
                    .formatted(numAttentionHeads, numKeyValueHeads));
        }
        if (slidingWindow != null) {
            positive("sliding_window", slidingWindow);
        }
    }

    /// A plain Llama, whose heads share the width of the residual stream.
    ///
    /// @throws IllegalArgumentException if the heads do not fit the width, naming both
    public static ModelConfig llama(
            int vocabSize,
            int hiddenSize,
            int intermediateSize,
            int numHiddenLayers,
            int numAttentionHeads,
            int numKeyValueHeads,
            int maxPositionEmbeddings,
            double ropeTheta,
            double rmsNormEps,
            boolean tieWordEmbeddings,
            double initializerRange) {
        return new ModelConfig(
                Architecture.LLAMA,
                vocabSize,
                hiddenSize,
                intermediateSize,
                numHiddenLayers,
                numAttentionHeads,
                numKeyValueHeads,
                headDim(hiddenSize, numAttentionHeads),
                maxPositionEmbeddings,
                new Rope(ropeTheta, null),
                rmsNormEps,
                tieWordEmbeddings,
                false,
                false,
                null,
                initializerRange);
    }

    /// The width of a head where the heads share the width of the residual stream.
    ///
    /// @throws IllegalArgumentException if they cannot
    public static int headDim(int hiddenSize, int numAttentionHeads) {
        if (hiddenSize % numAttentionHeads != 0 || hiddenSize / numAttentionHeads % 2 != 0) {
            throw new IllegalArgumentException(
                    "hidden_size %d must be num_attention_heads %d times an even number, for rotary embedding"
                            .formatted(hiddenSize, numAttentionHeads));
        }
        return hiddenSize / numAttentionHeads;
    }

    /// Whether the projections of queries, keys and values have a bias.
    public boolean queryKeyValueBias() {
        return attentionBias || architecture == Architecture.QWEN2;
    }

    /// Whether queries and keys are normalised, each head by itself, before they are rotated.
    public boolean queryKeyNorm() {
        return architecture == Architecture.QWEN3;
    }

    /// What scores of all tokens for one position cost, in passes of it through all layers: weights by weights.
    public double headShare() {
        double attention = 2.0 * headDim * (numAttentionHeads + numKeyValueHeads);
        return vocabSize / (numHiddenLayers * (attention + 3.0 * intermediateSize));
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value);
        }
    }
}
