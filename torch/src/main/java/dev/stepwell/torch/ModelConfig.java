package dev.stepwell.torch;

/// The shape of a decoder-only transformer of the Llama family, in the terms of Hugging Face's `config.json`.
///
/// @param vocabSize             rows of the embedding
/// @param hiddenSize            width of the residual stream
/// @param intermediateSize      width inside the SwiGLU feed-forward
/// @param numHiddenLayers       transformer blocks
/// @param numAttentionHeads     query heads; divides `hiddenSize`
/// @param numKeyValueHeads      key and value heads; divides `numAttentionHeads`
/// @param maxPositionEmbeddings longest sequence
/// @param ropeTheta             base of the rotary frequencies
/// @param rmsNormEps            added to the mean square before its root
/// @param tieWordEmbeddings     whether the head is the embedding
/// @param initializerRange      standard deviation of new weights
public record ModelConfig(
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

    /// @throws IllegalArgumentException if the heads do not fit the width, naming both
    public ModelConfig {
        if (hiddenSize % numAttentionHeads != 0 || hiddenSize / numAttentionHeads % 2 != 0) {
            throw new IllegalArgumentException(
                    "hidden_size %d must be num_attention_heads %d times an even number, for rotary embedding"
                            .formatted(hiddenSize, numAttentionHeads));
        }
        if (numAttentionHeads % numKeyValueHeads != 0) {
            throw new IllegalArgumentException("num_attention_heads %d must be a multiple of num_key_value_heads %d"
                    .formatted(numAttentionHeads, numKeyValueHeads));
        }
    }

    /// Width of one head.
    public int headDim() {
        return hiddenSize / numAttentionHeads;
    }
}
