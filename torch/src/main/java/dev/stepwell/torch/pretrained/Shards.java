package dev.stepwell.torch.pretrained;

import dev.stepwell.torch.safetensors.SafetensorsWriter.Stored;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// How the weights of a model are spread over files, under Hugging Face's names: one, or several with an index that
/// says which tensor is where.
///
/// @param files tensors of each, in order
record Shards(List<SequencedMap<String, Stored>> files) {
    static final String INDEX = "model.safetensors.index.json";

    /// As transformers has it.
    static final long DEFAULT_BYTES = 5_000_000_000L;

    private record Index(Metadata metadata, Map<String, String> weightMap) {
        record Metadata(long totalSize) {}
    }

    /// Fills one file after the other, in the order of the tensors. A tensor larger than the limit has a file of its
    /// own.
    ///
    /// @param limit bytes of a file's tensors
    static Shards of(SequencedMap<String, Stored> tensors, long limit) {
        List<SequencedMap<String, Stored>> files = new ArrayList<>();
        files.add(new LinkedHashMap<>());
        long filled = 0;
        for (Map.Entry<String, Stored> tensor : tensors.entrySet()) {
            long bytes = tensor.getValue().bytes();
            if (filled > 0 && filled + bytes > limit) {
                files.add(new LinkedHashMap<>());
                filled = 0;
            }
            files.getLast().put(tensor.getKey(), tensor.getValue());
            filled += bytes;
        }
        return new Shards(files);
    }

    String name(int file) {
        return files.size() == 1
                ? "model.safetensors"
                : "model-%05d-of-%05d.safetensors".formatted(file + 1, files.size());
    }

    /// Content of [#INDEX].
    byte[] index() {
        long total = 0;
        Map<String, String> places = new TreeMap<>();
        for (int file = 0; file < files.size(); file++) {
            for (Map.Entry<String, Stored> tensor : files.get(file).entrySet()) {
                total += tensor.getValue().bytes();
                places.put(tensor.getKey(), name(file));
            }
        }
        return JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsBytes(new Index(new Index.Metadata(total), places));
    }
}
