package dev.stepwell.torch.pretrained;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.Trees;
import dev.stepwell.torch.LoraConfig;
import dev.stepwell.torch.checkpoint.AdapterConfigJson;
import dev.stepwell.torch.checkpoint.CheckpointFiles;
import dev.stepwell.torch.safetensors.CorruptFileException;
import dev.stepwell.torch.safetensors.SafetensorsFile;
import dev.stepwell.torch.safetensors.SafetensorsHeader;
import dev.stepwell.torch.safetensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Adds an adapter to its model's weights, `W + s · B A`, and writes the result as a model of its own.
///
/// Works tensor by tensor: of model and adapter no more is in memory than one weight and its two matrices. The files
/// are those of the model, with the same tensors in the same order and types.
public final class AdapterMerge {
    private static final String PEFT = "base_model.model.";
    private static final String WEIGHT = ".weight";
    private static final String A = ".lora_A.weight";
    private static final String B = ".lora_B.weight";

    private final PretrainedModel model;
    private final LoraConfig lora;
    private final SafetensorsFile adapter;
    private final Progress progress;
    private final Set<String> left = new TreeSet<>();

    /// Told of what is done.
    @FunctionalInterface
    public interface Progress {
        /// One more of the model's files is written.
        ///
        /// @param done files so far
        /// @param of   files in all
        void written(Path file, int done, int of);
    }

    private AdapterMerge(PretrainedModel model, LoraConfig lora, SafetensorsFile adapter, Progress progress) {
        this.model = model;
        this.lora = lora;
        this.adapter = adapter;
        this.progress = progress;
        adapter.tensors().keySet().stream()
                .filter(name -> name.endsWith(A))
                .forEach(name -> left.add(name.substring(0, name.length() - A.length())));
    }

    /// Writes the sum of `model` and the adapter in a folder.
    ///
    /// @param adapter folder with `adapter_model.safetensors` and `adapter_config.json`
    /// @param target  folder to be made; it appears whole or not at all
    /// @throws FileAlreadyExistsException if there is something in its place
    /// @throws CorruptFileException       if the adapter is not one for this model
    /// @throws IOException                if something cannot be read or written
    public static void write(PretrainedModel model, Path adapter, Path target, Progress progress) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "name a folder that does not exist yet");
        }
        LoraConfig lora = AdapterConfigJson.read(adapter.resolve(CheckpointFiles.ADAPTER_CONFIG));
        Path aside = target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".tmp");
        Trees.delete(aside);
        Files.createDirectories(aside);
        try (SafetensorsFile matrices = SafetensorsFile.open(adapter.resolve(CheckpointFiles.ADAPTER))) {
            new AdapterMerge(model, lora, matrices, progress).into(aside);
            AtomicFiles.syncAll(Trees.list(aside));
            AtomicFiles.syncDirectory(aside);
        } catch (IOException | RuntimeException e) {
            Trees.delete(aside);
            throw e;
        }
        AtomicFiles.move(aside, target.toAbsolutePath());
    }

    private void into(Path folder) throws IOException {
        List<Path> weights = WeightFiles.in(model.folder());
        for (int i = 0; i < weights.size(); i++) {
            Path written = folder.resolve(weights.get(i).getFileName().toString());
            merge(weights.get(i), written);
            progress.written(written, i + 1, weights.size());
        }
        if (!left.isEmpty()) {
            throw new CorruptFileException(
                    adapter.path(),
                    "%s is no part of the model in %s".formatted(left.iterator().next(), model.folder()));
        }
        try (var files = Files.list(model.folder())) {
            Set<String> copied = files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(AdapterMerge::isDescription)
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String name : copied) {
                Files.copy(model.folder().resolve(name), folder.resolve(name));
            }
        }
    }

    /// Configuration, tokenizer and index; neither weights in another format nor what people have written about them.
    private static boolean isDescription(String name) {
        return name.endsWith(".json") || name.endsWith(".jinja") || name.endsWith(".txt") || name.endsWith(".model");
    }

    private void merge(Path from, Path to) throws IOException {
        try (SafetensorsFile stored = SafetensorsFile.open(from)) {
            SequencedMap<String, SafetensorsWriter.Stored> tensors = new LinkedHashMap<>();
            stored.tensors()
                    .forEach((name, entry) ->
                            tensors.put(name, new SafetensorsWriter.Stored(entry.type(), entry.shape())));
            try (SafetensorsWriter writer = SafetensorsWriter.create(to, tensors, stored.metadata())) {
                for (Map.Entry<String, SafetensorsHeader.Entry> tensor :
                        stored.tensors().entrySet()) {
                    try (var _ = new PointerScope();
                            var _ = new NoGradGuard()) {
                        writer.write(merged(stored, tensor.getKey(), tensor.getValue()));
                    }
                }
                writer.finish();
            }
        }
    }

    private Tensor merged(SafetensorsFile stored, String name, SafetensorsHeader.Entry entry) throws IOException {
        Tensor weight = torch.zeros(dimensions(entry));
        stored.read(name, weight);
        String module = name.endsWith(WEIGHT) ? PEFT + name.substring(0, name.length() - WEIGHT.length()) : "";
        if (left.remove(module)) {
            weight.add_(matrix(module + B).matmul(matrix(module + A)).mul(new Scalar(lora.scale())));
        }
        return weight;
    }

    private Tensor matrix(String name) throws IOException {
        SafetensorsHeader.Entry entry = adapter.tensors().get(name);
        if (entry == null) {
            throw new CorruptFileException(adapter.path(), "it has no tensor " + name);
        }
        Tensor matrix = torch.zeros(dimensions(entry));
        adapter.read(name, matrix);
        return matrix;
    }

    private static long[] dimensions(SafetensorsHeader.Entry entry) {
        return entry.shape().stream().mapToLong(Long::longValue).toArray();
    }
}
