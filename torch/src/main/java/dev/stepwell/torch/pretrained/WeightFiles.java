package dev.stepwell.torch.pretrained;

import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The safetensors files in which a folder has a model's weights: one, or several with an index.
final class WeightFiles {
    private static final String SINGLE = "model.safetensors";

    private WeightFiles() {}

    /// Paths of all files, each once.
    ///
    /// @throws FileNotFoundException if there are none, saying what was looked for
    /// @throws CorruptFileException  if the index is damaged
    /// @throws IOException           if it cannot be read
    static List<Path> in(Path folder) throws IOException {
        if (Files.isRegularFile(folder.resolve(Shards.INDEX))) {
            return List.copyOf(indexed(folder));
        }
        if (Files.isRegularFile(folder.resolve(SINGLE))) {
            return List.of(folder.resolve(SINGLE));
        }
        boolean pickled = Files.exists(folder.resolve("pytorch_model.bin"))
                || Files.exists(folder.resolve("pytorch_model.bin.index.json"));
        throw new FileNotFoundException("%s has neither %s nor %s%s"
                .formatted(
                        folder,
                        SINGLE,
                        Shards.INDEX,
                        pickled
                                ? "; pytorch_model.bin is not read, because it can hold code: load it with transformers and save it again with save_pretrained"
                                : ""));
    }

    private static SequencedSet<Path> indexed(Path folder) throws IOException {
        Path index = folder.resolve(Shards.INDEX);
        JsonNode map;
        try {
            map = JsonMapper.shared().readTree(Files.readAllBytes(index)).path("weight_map");
        } catch (JacksonException e) {
            throw new CorruptFileException(index, "it is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw new CorruptFileException(index, "it has no weight_map");
        }
        SequencedSet<Path> files = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> tensor : map.properties()) {
            String name = tensor.getValue().asString("");
            Path file = folder.resolve(name).normalize();
            if (name.isEmpty() || !folder.normalize().equals(file.getParent())) {
                throw new CorruptFileException(
                        index,
                        "tensor %s is said to be in '%s', which is no file beside it".formatted(tensor.getKey(), name));
            }
            if (!Files.isRegularFile(file)) {
                throw new FileNotFoundException("%s names %s, which is missing".formatted(index, name));
            }
            files.add(file);
        }
        return files;
    }
}
