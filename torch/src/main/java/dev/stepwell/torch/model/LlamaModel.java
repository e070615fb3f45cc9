package dev.stepwell.torch.model;

import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// A decoder-only transformer of the Llama family; with the same weights it computes what Hugging Face's class of the
/// same [architecture][dev.stepwell.torch.Architecture] computes.
///
/// Not thread-safe. Tensors that its methods return belong to the caller's pointer scope.
public final class LlamaModel implements AutoCloseable {
    private final ModelConfig config;
    private final Dtype dtype;
    private final Parameters trained;
    private final @Nullable LoraConfig lora;
    private final @Nullable FrozenWeights frozen;
    private final Dropout dropout;
    private final RotaryEmbedding rotary;
    private final List<DecoderLayer> layers;
    private final RmsNorm norm;
    private final Tensor embedding;
    private final Tensor head;
    private final Hardware hardware;

    /// A model that trains all its weights, `parameters`, and owns them.
    public LlamaModel(ModelConfig config, Parameters parameters) {
        this(config, parameters, Dtype.F32);
    }

    /// The same, computing in `dtype`: weights are rounded where they are used.
    public LlamaModel(ModelConfig config, Parameters parameters, Dtype dtype) {
        this(config, dtype, parameters, null, null);
    }

    /// A model that trains nothing, on weights that it owns, computing in their type.
    public LlamaModel(ModelConfig config, FrozenWeights frozen) {
        this(config, frozen.dtype(), Parameters.none(), null, frozen);
    }

    /// A model that trains `adapters` beside weights that stay as they are, computing in their type; it owns both.
    ///
    /// @param adapters as [Parameters#adapters] makes them for `config` and `lora`
    public LlamaModel(ModelConfig config, FrozenWeights frozen, LoraConfig lora, Parameters adapters) {
        this(config, frozen.dtype(), adapters, lora, frozen);
    }

    private LlamaModel(
            ModelConfig config,
            Dtype dtype,
            Parameters trained,
            @Nullable LoraConfig lora,
            @Nullable FrozenWeights frozen) {
        this.config = config;
        this.dtype = dtype;
        this.trained = trained;
        this.lora = lora;
        this.frozen = frozen;
        Leaves base = frozen == null ? trained : frozen;
        hardware = base.hardware();
        dropout = new Dropout(lora == null ? 0 : lora.dropout(), hardware);
        LayerWeights weights = new LayerWeights(
                config, dtype, base, lora == null ? null : new LayerWeights.Adapters(lora, trained, dropout));
        layers = IntStream.range(0, config.numHiddenLayers())
                .mapToObj(layer -> new DecoderLayer(layer, weights))
                .toList();
        norm = weights.norm("norm");
        embedding = base.leaf("embed");
        rotary = new RotaryEmbedding(config, hardware);
        head = config.tieWordEmbeddings() ? embedding : base.leaf("head");
    }

    /// A model on the same weights with gradients of its own, to be used, and closed, by another thread than
    /// this one if need be. It must be closed before this one.
    public LlamaModel replica() {
        return new LlamaModel(config, dtype, trained.replica(), lora, frozen == null ? null : frozen.replica());
    }

    /// Begins a training pass, in which adapters drop what follows from `seed`.
    public void beginPass(long seed) {
        dropout.begin(seed);
    }

    /// Ends a training pass.
    public void endPass() {
        dropout.end();
    }

    /// All parameters of the model, those of adapters not counted.
    public long parameterCount() {
        return ParameterLayout.of(config).parameterCount();
    }

    public ModelConfig config() {
        return config;
    }

    /// What is trained: all weights, or the adapters.
    public Parameters parameters() {
        return trained;
    }

    /// The weights beside which adapters are trained.
    ///
    /// @throws IllegalStateException if all weights are trained
    public FrozenWeights frozen() {
        if (frozen == null) {
            throw new IllegalStateException("this model trains all its weights");
        }
        return frozen;
    }

    /// The residual stream after the last layer, not yet normalised.
    ///
    /// @param ids   token ids, `[rows, length]`, int64; rows shorter than `length` are filled up on the right
    /// @param cache what earlier positions left behind, and where these leave theirs: first the prompts, of as many
    ///              of the next rows as have equally long ones, and when all are there, one more position of each
    ///              row; null to start afresh
    /// @return `[rows, length, hidden]`
    public Tensor hidden(Tensor ids, @Nullable KeyValueCache cache) {
        long rows = ids.size(0);
        long length = ids.size(1);
        MicroBatch.Block block = new MicroBatch.Block(Math.toIntExact(rows), Math.toIntExact(length));
        Positions positions = cache == null || cache.reading() ? positions(List.of(block)) : next(cache);
        Tensor hidden = hidden(ids.view(-1), positions, cache);
        if (cache != null) {
            cache.advance(rows);
        }
        return hidden.view(rows, length, -1);
    }

    /// The same for all positions of a batch.
    ///
    /// @return `[positions, hidden]`
    Tensor hidden(MicroBatch batch) {
        return hidden(batch.idTensor(), positions(batch), null);
    }

    private Tensor hidden(Tensor ids, Positions positions, @Nullable KeyValueCache cache) {
        Tensor x = embedded(ids);
        for (int layer = 0; layer < layers.size(); layer++) {
            x = layer(layer, x, positions, cache);
        }
        return x;
    }

    /// What all layers need to know of a batch's positions.
    Positions positions(MicroBatch batch) {
        return positions(batch.blocks());
    }

    private Positions next(KeyValueCache cache) {
        long[] next = cache.next();
        fits(Arrays.stream(next).max().orElseThrow() + 1);
        Positions.Block block = new Positions.Block(next.length, 1, cache.visible());
        return new Positions(rotary.at(next), List.of(block), null);
    }

    private void fits(long end) {
        if (end > config.maxPositionEmbeddings()) {
            throw new IllegalArgumentException(
                    "position %d is beyond max_position_embeddings %d".formatted(end, config.maxPositionEmbeddings()));
        }
    }

    private Positions positions(List<MicroBatch.Block> blocks) {
        long[] lengths = blocks.stream()
                .flatMapToLong(block -> LongStream.generate(block::length).limit(block.rows()))
                .toArray();
        fits(Arrays.stream(lengths).max().orElseThrow());
        RotaryEmbedding.Angles angles = rotary.of(lengths);
        if (blocks.size() == 1 || !hardware.wide()) {
            return new Positions(angles, withVisible(blocks), null);
        }
        Bands bands = Bands.of(blocks);
        Positions.Places places =
                new Positions.Places(indices(torch.tensor(bands.into())), indices(torch.tensor(bands.back())));
        return new Positions(angles, withVisible(bands.blocks()), places);
    }

    private List<Positions.Block> withVisible(List<MicroBatch.Block> blocks) {
        return blocks.stream()
                .map(block -> new Positions.Block(block.rows(), block.length(), visible(block.length())))
                .toList();
    }

    /// Numbers of positions or tokens, where the model is.
    Tensor indices(Tensor indices) {
        return indices.to(hardware.device(), ScalarType.Long);
    }

    /// On what it computes.
    public Hardware hardware() {
        return hardware;
    }

    /// An empty cache for this model.
    ///
    /// @param prompts positions of each row's prompt; at least one row
    /// @param room    positions that each row may have after it
    public KeyValueCache cache(int[] prompts, long room) {
        return new KeyValueCache(config, prompts, room, hardware, hardware.attention(dtype));
    }

    /// Positions for which keys and values may be kept at a time, of all rows together.
    public long cachedPositions() {
        long values = 2L * config.numHiddenLayers() * config.numKeyValueHeads() * config.headDim();
        return hardware.cacheBytes() / (values * hardware.attention(dtype).bytes());
    }

    /// The residual stream before the first layer, `[positions, hidden]`.
    ///
    /// @param ids `[positions]`
    Tensor embedded(Tensor ids) {
        return dtype.cast(torch.embedding(embedding, indices(ids)));
    }

    /// The residual stream after a layer, from that before it.
    Tensor layer(int layer, Tensor x, Positions positions, @Nullable KeyValueCache cache) {
        return Interim.freed(() -> layers.get(layer).forward(x, positions, cache));
    }

    /// Whether the embedding is trained: else nobody needs the gradient of the first layer's input.
    boolean trainsEmbedding() {
        return frozen == null;
    }

    /// Which positions of a row see which, where a window hides some; the first of a row comes first of all.
    private @Nullable Tensor visible(long length) {
        Integer window = config.slidingWindow();
        if (window == null || length <= window) {
            return null;
        }
        // True from window - 1 places left of the diagonal up to it.
        return torch.ones(
                        new long[] {length, length},
                        new TensorOptions()
                                .dtype(new ScalarTypeOptional(ScalarType.Bool))
                                .device(new DeviceOptional(hardware.device())))
                .tril()
                .triu(1L - window);
    }

    /// Scores of every token of the vocabulary, for positions picked out of [#hidden]. The final norm is part of it:
    /// both work on each position alone, so only positions that are wanted need them.
    ///
    /// @param picked `[n, hidden]`
    /// @return `[n, vocabulary]`, float32
    public Tensor logits(Tensor picked) {
        return dtype.exact(torch.linear(norm.forward(picked), dtype.cast(head)));
    }

    @Override
    public void close() {
        rotary.close();
        trained.close();
        if (frozen != null) {
            frozen.close();
        }
    }
}
