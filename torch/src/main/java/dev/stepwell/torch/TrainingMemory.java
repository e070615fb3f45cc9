package dev.stepwell.torch;

import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.ParameterLayout;
import dev.stepwell.torch.model.TargetLoss;
import org.jspecify.annotations.Nullable;

/// What training takes of main memory at its worst moment, in bytes: every row as long as rows may be. An estimate,
/// made by counting what the code keeps; docs/models.md holds it against measurements.
///
/// With `P` numbers in the model and `A` of them trained, `T` threads, `N` tokens in passes at a time
/// ([RowShares#tokensAtOnce]) in `p` passes, `e` bytes in a number of the type that is computed in, and hidden size
/// `h`, intermediate size `i`, vocabulary `V`, width of all query heads `q` and of all key heads `k`:
///
/// ```
///  weights      4 P                     all of them trained;  e P + 4 A  beside adapters
///  gradients    4 A T                   each thread adds up its own
///               + 8 V h p               of embedding and head before they are added; all weights trained
///               + e P p                 the weights, rounded, while a pass needs them; all trained, in bfloat16
///  optimizer    12 A                    two moments and a buffer
///  activations  1.2 × N × layers × kept
///  scores       S V p × 16              of a stretch of S positions ([TargetLoss#positionsAtOnce]): scores,
/// log-softmax
///                                       and the gradients of both; 2 e more in bfloat16
///  process      700 MB                  JVM, libtorch, tokenizer, one row after another
/// ```
///
/// `kept` is what one layer keeps of a token for its backward pass:
///
/// ```
///  attention      4 (3 q + 3 k)         queries and keys rotated, values, output; in float32 in any case
///  feed-forward   3 e i                 gate and up, and the gate's activation
///  norms          8 h                   their inputs; as much again, normalised, where all weights are trained
///  inputs         e (2 h + q + i)       of the matrices that are trained, or adapted; with dropout a byte more of each
/// ```
///
/// The factor is for the gaps that intermediate results leave when they are freed. With gradient checkpointing all
/// layers together keep `e h`, and one at a time the rest.
///
/// @param weights     of the model, and of adapters
/// @param gradients   of what is trained
/// @param optimizer   its state
/// @param activations what layers keep for the way back
/// @param scores      of the vocabulary, for some tokens at a time
/// @param process     what is there without any model
public record TrainingMemory(
        long weights, long gradients, long optimizer, long activations, long scores, long process) {
    private static final long PROCESS = 700_000_000;
    private static final double GAPS = 1.2;
    private static final long F32 = 4;

    /// Bytes of all of it.
    public long total() {
        return weights + gradients + optimizer + activations + scores + process;
    }

    /// What training takes.
    ///
    /// @param lora      how the model is adapted; null where all its weights are trained
    /// @param rows      in a micro-batch
    /// @param maxLength tokens of a row
    /// @param threads   that compute, at least 1
    public static TrainingMemory of(
            ModelConfig shape, @Nullable LoraConfig lora, Compute compute, int rows, int maxLength, int threads) {
        long element = bytes(compute.dtype());
        long model = ParameterLayout.of(shape).parameterCount();
        long trained =
                lora == null ? model : ParameterLayout.ofAdapters(shape, lora).parameterCount();
        long tokens = new RowShares(threads, model, compute.layout()).tokensAtOnce(rows, maxLength);
        long passes = Math.min(threads, tokens / maxLength);
        long positions = passes * Math.min(maxLength, TargetLoss.positionsAtOnce(shape, compute.hardware()));
        boolean rounded = compute.dtype() == Dtype.BF16;
        long transients = lora != null
                ? 0
                : passes * (2 * F32 * shape.vocabSize() * shape.hiddenSize() + (rounded ? element * model : 0));
        return new TrainingMemory(
                lora == null ? F32 * model : element * model + F32 * trained,
                F32 * trained * threads + transients,
                3 * F32 * trained,
                activations(shape, lora, compute, tokens),
                positions * shape.vocabSize() * (4 * F32 + (rounded ? 2 * element : 0)),
                PROCESS);
    }

    private static long activations(ModelConfig shape, @Nullable LoraConfig lora, Compute compute, long tokens) {
        long kept = kept(shape, lora, bytes(compute.dtype()));
        long layers = shape.numHiddenLayers();
        long ofToken = compute.gradientCheckpointing()
                ? kept + layers * bytes(compute.dtype()) * shape.hiddenSize()
                : kept * layers;
        return (long) (GAPS * tokens * ofToken);
    }

    /// Bytes that one layer keeps of a token.
    private static long kept(ModelConfig shape, @Nullable LoraConfig lora, long element) {
        long hidden = shape.hiddenSize();
        long intermediate = shape.intermediateSize();
        long queries = (long) shape.numAttentionHeads() * shape.headDim();
        long keys = (long) shape.numKeyValueHeads() * shape.headDim();
        long attention = F32 * (3 * queries + 3 * keys + (shape.queryKeyNorm() ? 2 * (queries + keys) : 0));
        long feedForward = 3 * element * intermediate;
        long norms = (lora == null ? 4 : 2) * F32 * hidden;
        long dropped = lora != null && lora.dropout() > 0 ? 1 : 0;
        return attention + feedForward + norms + (element + dropped) * (2 * hidden + queries + intermediate);
    }

    private static long bytes(Dtype dtype) {
        return switch (dtype) {
            case F32 -> F32;
            case BF16 -> 2;
        };
    }
}
