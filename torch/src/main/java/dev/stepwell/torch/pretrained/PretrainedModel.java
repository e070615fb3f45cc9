package dev.stepwell.torch.pretrained;

import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.checkpoint.ModelConfigJson;
import dev.stepwell.torch.checkpoint.StepwellState;
import dev.stepwell.torch.model.ParameterLayout;
import dev.stepwell.torch.safetensors.CorruptFileException;
import dev.stepwell.torch.safetensors.ElementType;
import dev.stepwell.torch.safetensors.SafetensorsFile;
import dev.stepwell.torch.safetensors.SafetensorsHeader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// A model in a folder as Hugging Face has it: `config.json`, `*.safetensors`, `tokenizer.json`.
///
/// @param folder absolute
/// @param config shape of its weights
public record PretrainedModel(Path folder, ModelConfig config) {
    public static final String CONFIG = "config.json";
    public static final String TOKENIZER = "tokenizer.json";

    private static final int SAMPLE_BYTES = 512;
    private static final String HEAD = "lm_head.weight";
    /// Tables that older versions of transformers saved; they follow from the configuration.
    private static final String ROTARY_TABLE = ".rotary_emb.inv_freq";

    /// Looks at a folder. Its weights are not read yet.
    ///
    /// @throws CorruptFileException  if it holds a model that cannot be trained here, saying why
    /// @throws FileNotFoundException if a file that a model needs is missing, naming it
    /// @throws IOException           if one cannot be read
    public static PretrainedModel open(Path folder) throws IOException {
        for (String needed : List.of(CONFIG, TOKENIZER)) {
            if (!Files.isRegularFile(folder.resolve(needed))) {
                throw new FileNotFoundException(
                        "%s is no model in Hugging Face's format: it has no %s".formatted(folder, needed));
            }
        }
        WeightFiles.in(folder);
        return new PretrainedModel(folder.toAbsolutePath(), ModelConfigJson.read(folder.resolve(CONFIG)));
    }

    /// Fills tensors of this model's shape.
    ///
    /// @param wanted by Hugging Face's names
    /// @throws CorruptFileException if a weight is missing, superfluous, there twice, or of another shape
    /// @throws IOException          if a file cannot be read
    public void readInto(SequencedMap<String, Tensor> wanted) throws IOException {
        try (var _ = new PointerScope()) {
            forEach(wanted, SafetensorsFile::read);
        }
    }

    /// Checks that the files hold every weight and no other, each in its shape, by their headers alone.
    ///
    /// @return what they hold
    /// @throws CorruptFileException if a weight is missing, superfluous, there twice, or of another shape
    /// @throws IOException          if a file cannot be read
    public StoredWeights stored() throws IOException {
        SequencedMap<String, List<Long>> shapes = new LinkedHashMap<>();
        ParameterLayout.of(config).slots().forEach(slot -> shapes.put(slot.name(), slot.shape()));
        SequencedMap<ElementType, Long> bytes = new LinkedHashMap<>();
        forEach(shapes, (file, name, shape) -> {
            SafetensorsHeader.Entry entry = file.entry(name, shape);
            bytes.merge(entry.type(), entry.end() - entry.begin(), Long::sum);
        });
        return new StoredWeights(bytes, WeightFiles.in(folder).size());
    }

    /// Checks that the model knows every id of a tokenizer.
    ///
    /// @param tokenizer its file
    /// @param ids       that it has
    /// @throws CorruptFileException if not
    void requireIds(Path tokenizer, int ids) throws CorruptFileException {
        if (ids > config.vocabSize()) {
            throw new CorruptFileException(
                    tokenizer, "it has %d ids, the model's vocab_size is %d".formatted(ids, config.vocabSize()));
        }
    }

    /// What is done with a weight in a file.
    ///
    /// @param <T> what is known of it
    @FunctionalInterface
    private interface Use<T> {
        void of(SafetensorsFile file, String name, T wanted) throws IOException;
    }

    private <T> void forEach(SequencedMap<String, T> wanted, Use<T> use) throws IOException {
        Set<String> seen = new HashSet<>();
        for (Path path : WeightFiles.in(folder)) {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                for (String name : file.tensors().keySet()) {
                    T known = wanted.get(name);
                    if (known == null) {
                        requireUnused(file, name);
                    } else if (seen.add(name)) {
                        use.of(file, name, known);
                    } else {
                        throw new CorruptFileException(path, "tensor %s is in another file too".formatted(name));
                    }
                }
            }
        }
        for (String name : wanted.keySet()) {
            if (!seen.contains(name)) {
                throw new CorruptFileException(
                        folder,
                        "no file of it has the tensor %s, which %s needs"
                                .formatted(name, config.architecture().className()));
            }
        }
    }

    /// What tells this model's weights from others of the same shape: a digest of the names of all tensors and some
    /// bytes of each. Reads little, however large the model is; a change that leaves the middle of every tensor
    /// as it was is not noticed.
    ///
    /// @return `sampled-sha256:` and lower-case hexadecimal
    /// @throws IOException if a file cannot be read
    public String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        Map<String, byte[]> samples = new TreeMap<>();
        for (Path path : WeightFiles.in(folder)) {
            try (SafetensorsFile file = SafetensorsFile.open(path)) {
                file.sample(SAMPLE_BYTES, samples::put);
            }
        }
        samples.forEach((name, sample) -> {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            digest.update(sample);
        });
        return "sampled-sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /// Checks that an adapter was trained beside these weights, if its folder says beside which.
    ///
    /// @throws CorruptFileException if it was not
    /// @throws IOException          if a file cannot be read
    void requireToBeTheBaseOf(Path adapter) throws IOException {
        Optional<String> base = StepwellState.baseOf(adapter);
        if (base.isPresent() && !base.get().equals(fingerprint())) {
            throw new CorruptFileException(adapter, "it was trained beside other weights than those in " + folder);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void requireUnused(SafetensorsFile file, String name) throws CorruptFileException {
        if (!isKnownAndUnused(name)) {
            throw new CorruptFileException(
                    file.path(),
                    "tensor %s belongs to no part of a %s of this config.json"
                            .formatted(name, config.architecture().className()));
        }
    }

    /// A tied head is the embedding, whatever else is saved.
    private boolean isKnownAndUnused(String name) {
        return (config.tieWordEmbeddings() && name.equals(HEAD)) || name.endsWith(ROTARY_TABLE);
    }
}
