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
import dev.stepwell.torch.safetensors.SafetensorsWriter.Stored;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
/// Works tensor by tensor: of model and adapter no more is in memory than one weight and its two matrices. Tensors keep
/// their names, order and types; they are spread over files anew, so that one huge file becomes several.
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
    private final List<SafetensorsFile> opened = new ArrayList<>();

    /// Told of what is done.
    @FunctionalInterface
    public interface Progress {
        /// One more file of weights is written.
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
        write(model, adapter, target, progress, Shards.DEFAULT_BYTES);
    }

    /// The same, with files of at most `shardBytes` bytes of weights.
    static void write(PretrainedModel model, Path adapter, Path target, Progress progress, long shardBytes)
            throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString(), null, "name a folder that does not exist yet");
        }
        model.requireToBeTheBaseOf(adapter);
        LoraConfig lora = AdapterConfigJson.read(adapter.resolve(CheckpointFiles.ADAPTER_CONFIG));
        Path aside = target.toAbsolutePath().resolveSibling("." + target.getFileName() + ".tmp");
        Trees.delete(aside);
        Files.createDirectories(aside);
        try (SafetensorsFile matrices = SafetensorsFile.open(adapter.resolve(CheckpointFiles.ADAPTER))) {
            new AdapterMerge(model, lora, matrices, progress).into(aside, shardBytes);
            AtomicFiles.syncAll(Trees.list(aside));
            AtomicFiles.syncDirectory(aside);
        } catch (IOException | RuntimeException e) {
            Trees.delete(aside);
            throw e;
        }
        AtomicFiles.move(aside, target.toAbsolutePath());
    }

    private void into(Path folder, long shardBytes) throws IOException {
        SequencedMap<String, SafetensorsFile> places = new LinkedHashMap<>();
        try {
            for (Path path : WeightFiles.in(model.folder())) {
                SafetensorsFile file = SafetensorsFile.open(path);
                opened.add(file);
                file.tensors().keySet().forEach(name -> places.put(name, file));
            }
            Shards shards = Shards.of(stored(places), shardBytes);
            for (int i = 0; i < shards.files().size(); i++) {
                Path written = folder.resolve(shards.name(i));
                merge(places, shards.files().get(i), written);
                progress.written(written, i + 1, shards.files().size());
            }
            if (shards.files().size() > 1) {
                Files.write(folder.resolve(Shards.INDEX), shards.index());
            }
        } finally {
            opened.forEach(SafetensorsFile::close);
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

    /// Configuration and tokenizer; neither weights in another format nor what people have written about them.
    private static boolean isDescription(String name) {
        boolean described =
                name.endsWith(".json") || name.endsWith(".jinja") || name.endsWith(".txt") || name.endsWith(".model");
        return described && !name.endsWith(".index.json");
    }

    private static SequencedMap<String, Stored> stored(SequencedMap<String, SafetensorsFile> places)
            throws CorruptFileException {
        SequencedMap<String, Stored> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, SafetensorsFile> place : places.entrySet()) {
            SafetensorsHeader.Entry entry = place.getValue().entry(place.getKey());
            tensors.put(place.getKey(), new Stored(entry.type(), entry.shape()));
        }
        return tensors;
    }

    private void merge(Map<String, SafetensorsFile> places, SequencedMap<String, Stored> tensors, Path to)
            throws IOException {
        // Hugging Face refuses weights that do not say which framework's conventions they follow.
        try (SafetensorsWriter writer = SafetensorsWriter.create(to, tensors, Map.of("format", "pt"))) {
            for (String name : tensors.keySet()) {
                try (var _ = new PointerScope();
                        var _ = new NoGradGuard()) {
                    writer.write(merged(Objects.requireNonNull(places.get(name)), name));
                }
            }
            writer.finish();
        }
    }

    private Tensor merged(SafetensorsFile stored, String name) throws IOException {
        Tensor weight = torch.zeros(dimensions(stored.entry(name)));
        stored.read(name, weight);
        String module = name.endsWith(WEIGHT) ? PEFT + name.substring(0, name.length() - WEIGHT.length()) : "";
        if (left.remove(module)) {
            weight.add_(matrix(module + B).matmul(matrix(module + A)).mul(new Scalar(lora.scale())));
        }
        return weight;
    }

    private Tensor matrix(String name) throws IOException {
        Tensor matrix = torch.zeros(dimensions(adapter.entry(name)));
        adapter.read(name, matrix);
        return matrix;
    }

    private static long[] dimensions(SafetensorsHeader.Entry entry) {
        return entry.shape().stream().mapToLong(Long::longValue).toArray();
    }
}
