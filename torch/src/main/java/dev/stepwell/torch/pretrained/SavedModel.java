package dev.stepwell.torch.pretrained;

import dev.stepwell.data.tokens.HuggingFaceBpeTokenizer;
import dev.stepwell.torch.Compute;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.TorchRuntime;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.checkpoint.CheckpointFiles;
import dev.stepwell.torch.model.FrozenWeights;
import dev.stepwell.torch.model.LlamaModel;
import dev.stepwell.torch.model.Parameters;
import dev.stepwell.torch.safetensors.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.PointerScope;

/// A model in memory to be asked and not trained: no optimizer, no gradients of its weights. Owns native memory until
/// [#close()].
///
/// @param model     with its adapter, if it has one
/// @param tokenizer the one it was trained with
/// @param stops     tokens of which each ends an answer
public record SavedModel(LlamaModel model, HuggingFaceBpeTokenizer tokenizer, Set<Integer> stops)
        implements AutoCloseable {
    public SavedModel {
        stops = Set.copyOf(stops);
    }

    /// Whether a folder holds an adapter, which needs its model.
    public static boolean isAdapter(Path folder) {
        return Files.isRegularFile(folder.resolve(CheckpointFiles.ADAPTER_CONFIG));
    }

    /// Loads what a folder holds: a model in Hugging Face's format, an adapter in PEFT's, or a checkpoint with either.
    ///
    /// @param base  folder of the model to which an adapter belongs; empty for the one that it names
    /// @param compute in which type and on what
    /// @throws IOException if something is missing, damaged or does not belong together, naming it
    /// @throws dev.stepwell.core.training.TrainerUnavailableException if there is nothing to compute on
    public static SavedModel open(Path folder, Optional<Path> base, Compute compute) throws IOException {
        TorchRuntime.require(compute.hardware());
        if (!isAdapter(folder)) {
            PretrainedModel whole = PretrainedModel.open(folder);
            return with(whole, folder, new LlamaModel(whole.config(), weights(whole, compute)));
        }
        Path adapterConfig = folder.resolve(CheckpointFiles.ADAPTER_CONFIG);
        LoraConfig lora = AdapterConfigJson.read(adapterConfig);
        PretrainedModel adapted =
                PretrainedModel.open(base.isPresent() ? base.get() : AdapterConfigJson.modelOf(adapterConfig));
        adapted.requireToBeTheBaseOf(folder);
        return with(adapted, folder, adapted(adapted, lora, folder.resolve(CheckpointFiles.ADAPTER), compute));
    }

    private static LlamaModel adapted(PretrainedModel base, LoraConfig lora, Path file, Compute compute)
            throws IOException {
        LlamaModel model = new LlamaModel(
                base.config(),
                weights(base, compute),
                lora,
                Parameters.adapters(base.config(), lora, compute.hardware()));
        try (var _ = new PointerScope()) {
            Parameters adapter = model.parameters();
            Safetensors.readInto(file, adapter.named(adapter.values()));
            return model;
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    private static FrozenWeights weights(PretrainedModel model, Compute compute) throws IOException {
        FrozenWeights weights = FrozenWeights.zeros(model.config(), compute.dtype(), compute.hardware());
        try (var _ = new PointerScope()) {
            model.readInto(weights.named());
            return weights;
        } catch (IOException | RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /// Adds what belongs to a model, of which it becomes the owner.
    private static SavedModel with(PretrainedModel base, Path folder, LlamaModel model) throws IOException {
        try {
            // A checkpoint has a copy; an adapter of PEFT need not.
            Path own = folder.resolve(PretrainedModel.TOKENIZER);
            Path file = Files.isRegularFile(own) ? own : base.folder().resolve(PretrainedModel.TOKENIZER);
            HuggingFaceBpeTokenizer tokenizer = HuggingFaceBpeTokenizer.open(file);
            try {
                base.requireIds(file, tokenizer.vocabSize());
                return new SavedModel(model, tokenizer, stops(tokenizer, base.folder(), folder));
            } catch (IOException | RuntimeException e) {
                tokenizer.close();
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /// What ends an answer or a text in training does so here; so does what the model's makers say.
    private static Set<Integer> stops(HuggingFaceBpeTokenizer tokenizer, Path base, Path folder) throws IOException {
        Set<Integer> stops = new LinkedHashSet<>();
        stops.add(tokenizer.endOfTurn());
        stops.add(tokenizer.endOfText());
        stops.addAll(GenerationConfigJson.stops(base));
        stops.addAll(GenerationConfigJson.stops(folder));
        return stops;
    }

    @Override
    public void close() {
        tokenizer.close();
        model.close();
    }
}
