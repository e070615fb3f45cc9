package dev.stepwell.torch.pretrained;

import dev.stepwell.torch.ModelConfig;
import dev.stepwell.torch.checkpoint.ModelConfigJson;
import dev.stepwell.torch.safetensors.CorruptFileException;
import dev.stepwell.torch.safetensors.SafetensorsFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
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
            Set<String> read = new HashSet<>();
            for (Path path : WeightFiles.in(folder)) {
                try (SafetensorsFile file = SafetensorsFile.open(path)) {
                    read(file, wanted, read);
                }
            }
            for (String name : wanted.keySet()) {
                if (!read.contains(name)) {
                    throw new CorruptFileException(
                            folder,
                            "no file of it has the tensor %s, which %s needs"
                                    .formatted(name, config.architecture().className()));
                }
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void read(SafetensorsFile file, Map<String, Tensor> wanted, Set<String> read) throws IOException {
        for (String name : file.tensors().keySet()) {
            Tensor target = wanted.get(name);
            if (target != null) {
                if (!read.add(name)) {
                    throw new CorruptFileException(file.path(), "tensor %s is in another file too".formatted(name));
                }
                file.read(name, target);
            } else if (!isKnownAndUnused(name)) {
                throw new CorruptFileException(
                        file.path(),
                        "tensor %s belongs to no part of a %s of this config.json"
                                .formatted(name, config.architecture().className()));
            }
        }
    }

    /// A tied head is the embedding, whatever else is saved.
    private boolean isKnownAndUnused(String name) {
        return (config.tieWordEmbeddings() && name.equals(HEAD)) || name.endsWith(ROTARY_TABLE);
    }
}
