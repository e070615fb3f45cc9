package dev.stepwell.torch.pretrained;

import dev.stepwell.data.chat.Example;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.checkpoint.ModelConfigJson;
import dev.stepwell.torch.model.BackwardPass;
import dev.stepwell.torch.model.Dtype;
import dev.stepwell.torch.model.FrozenWeights;
import dev.stepwell.torch.model.Hardware;
import dev.stepwell.torch.model.KeyValueCache;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.MicroBatch;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.model.RowLayout;
import dev.stepwell.torch.optim.AdamW;
import dev.stepwell.torch.optim.GradientClipping;
import dev.stepwell.torch.safetensors.Safetensors;
import dev.stepwell.torch.safetensors.SafetensorsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// A tiny model and what the reference computes with it, as `tools/golden/golden.py` made them.
///
/// @param hardware on which it is to compute
public record Golden(String name, Path folder, Hardware hardware) {
    /// The CPU, used as a graphics card is: what is computed must be the same, however long it takes.
    private static final Hardware WIDE_CPU = new Hardware("cpu", true);

    private static final List<String> NAMES = List.of("llama", "llama3-scaled", "smollm2", "qwen2", "qwen3", "mistral");

    private static final double LEARNING_RATE = 5e-3;
    private static final double WEIGHT_DECAY = 0.01;
    private static final double MAX_GRAD_NORM = 1;
    private static final int VOCABULARY = 96;
    private static final int STEPS = 10;
    static final int GENERATED = 32;

    private static final int ROWS = 2;
    private static final int LENGTH = 20;

    /// Every model on everything it may compute on here: where `-Dstepwell.device=cuda` says so, a graphics card.
    static Stream<Golden> all() {
        return NAMES.stream()
                .flatMap(name ->
                        hardwareHere().stream().map(hardware -> new Golden(name, root().resolve(name), hardware)));
    }

    private static List<Hardware> hardwareHere() {
        return switch (System.getProperty("stepwell.device", "cpu")) {
            case "cuda" -> List.of(Hardware.CUDA);
            case "cpu" -> List.of(Hardware.CPU, WIDE_CPU);
            case String other -> throw new IllegalArgumentException("stepwell.device is " + other);
        };
    }

    /// One of them, on the CPU.
    public static Golden named(String name) {
        return new Golden(name, root().resolve(name), Hardware.CPU);
    }

    /// The model, which has no tokenizer.
    public PretrainedModel model() throws IOException {
        return new PretrainedModel(folder, ModelConfigJson.read(folder.resolve("config.json")));
    }

    /// The model with all weights to be trained.
    LlamaModel full(Dtype dtype) throws IOException {
        ModelConfig config = model().config();
        LlamaModel model = new LlamaModel(config, Parameters.zeros(config, hardware), dtype);
        model().readInto(model.parameters().named(model.parameters().values()));
        return model;
    }

    /// The model with the adapter that PEFT wrote.
    ///
    /// @param dropout in the place of the adapter's own
    LlamaModel adapted(Dtype dtype, double dropout) throws IOException {
        ModelConfig config = model().config();
        LoraConfig saved = AdapterConfigJson.read(folder.resolve("adapter/adapter_config.json"));
        LoraConfig lora =
                new LoraConfig(saved.rank(), saved.alpha(), dropout, saved.targetModules(), saved.rankStabilized());
        FrozenWeights frozen = FrozenWeights.zeros(config, dtype, hardware);
        LlamaModel model = new LlamaModel(config, frozen, lora, Parameters.adapters(config, lora, hardware));
        model().readInto(frozen.named());
        Safetensors.readInto(
                folder.resolve("adapter/adapter_model.safetensors"),
                model.parameters().named(model.parameters().values()));
        return model;
    }

    private static Path root() {
        try {
            return Path.of(
                    Objects.requireNonNull(Golden.class.getResource("/golden")).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    float[] floats(String tensor, long... shape) throws IOException {
        return floats(read(tensor, ScalarType.Float, shape));
    }

    static float[] floats(Tensor tensor) {
        float[] values = new float[(int) tensor.numel()];
        new FloatPointer(tensor.cpu().contiguous().data_ptr_float()).get(values);
        return values;
    }

    /// Scores of every token at every position of both rows.
    float[] logits(LlamaModel model) throws IOException {
        try (var _ = new NoGradGuard()) {
            Tensor hidden = model.hidden(torch.tensor(ids()).view(ROWS, LENGTH), null);
            return floats(model.logits(hidden.view(-1, model.config().hiddenSize())));
        }
    }

    /// What the reference has for [#logits].
    float[] expectedLogits(String tensor) throws IOException {
        return floats(tensor, ROWS, LENGTH, VOCABULARY);
    }

    /// Adds the gradients of the mean loss over both rows' targets, as training does; that loss.
    double backward(LlamaModel model) throws IOException {
        MicroBatch batch = batch();
        return BackwardPass.of(Compute.DEFAULT).add(model, batch, 1.0 / batch.targets().length);
    }

    /// Trains `model` as the reference was trained; the loss before each step.
    double[] losses(LlamaModel model) throws IOException {
        double[] losses = new double[STEPS];
        try (AdamW optimizer = new AdamW(model.parameters(), WEIGHT_DECAY)) {
            for (int step = 0; step < STEPS; step++) {
                model.parameters().gradients().zero_();
                losses[step] = backward(model);
                GradientClipping.clip(model.parameters(), MAX_GRAD_NORM);
                optimizer.step(LEARNING_RATE);
            }
        }
        return losses;
    }

    /// What the reference has for [#losses].
    double[] expectedLosses(String tensor) throws IOException {
        float[] values = floats(tensor, STEPS);
        return IntStream.range(0, STEPS).mapToDouble(i -> values[i]).toArray();
    }

    /// What `model` goes on with after the prompt, position by position.
    long[] greedy(LlamaModel model) throws IOException {
        long[] prompt = longs("prompt", 9);
        long[] generated = new long[GENERATED];
        KeyValueCache cache = model.cache(new int[] {prompt.length}, generated.length);
        try (var _ = new NoGradGuard()) {
            long[] next = prompt;
            for (int i = 0; i < generated.length; i++) {
                Tensor hidden = model.hidden(torch.tensor(next).view(1, -1), cache);
                Tensor last = hidden.narrow(1, hidden.size(1) - 1, 1).view(1, -1);
                generated[i] = model.logits(last).argmax().item_long();
                next = new long[] {generated[i]};
            }
        }
        return generated;
    }

    long[] longs(String tensor, long... shape) throws IOException {
        Tensor read = read(tensor, ScalarType.Long, shape);
        long[] values = new long[(int) read.numel()];
        new LongPointer(read.data_ptr_long()).get(values);
        return values;
    }

    private Tensor read(String tensor, ScalarType type, long... shape) throws IOException {
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("expected.safetensors"))) {
            Tensor target = torch.zeros(shape, new TensorOptions().dtype(new ScalarTypeOptional(type)));
            file.read(tensor, target);
            return target;
        }
    }

    /// Ids of both rows, one behind the other.
    long[] ids() throws IOException {
        return longs("ids", ROWS, LENGTH);
    }

    /// The rows with the positions that are learnt.
    MicroBatch batch() throws IOException {
        long[] ids = ids();
        long[] targets = longs("targets", ROWS, LENGTH);
        List<Example> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            int from = row * LENGTH;
            BitSet learnt = new BitSet();
            IntStream.range(0, LENGTH).filter(i -> targets[from + i] != 0).forEach(learnt::set);
            rows.add(new Example(
                    IntStream.range(0, LENGTH).map(i -> (int) ids[from + i]).toArray(), learnt));
        }
        return MicroBatch.of(rows, RowLayout.PADDED, 0);
    }

    @Override
    public String toString() {
        return name + " on " + hardware;
    }
}
