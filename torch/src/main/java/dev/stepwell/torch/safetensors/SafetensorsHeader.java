package dev.stepwell.torch.safetensors;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a safetensors file says about its tensors.
///
/// ```
///  8 bytes   n, little-endian
///  n bytes   JSON: {"__metadata__": {…}, "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, …}
///  the rest  the tensors' bytes, at those offsets, without gaps or overlaps
/// ```
///
/// @param tensors  by name, in the order of their bytes
/// @param metadata free text by key
/// @param dataSize bytes of all tensors together
public record SafetensorsHeader(SequencedMap<String, Entry> tensors, Map<String, String> metadata, long dataSize) {
    /// Longest header read, as in the reference implementation: a length beyond it is garbage, not a header.
    static final long MAX_BYTES = 100_000_000;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /// One tensor.
    ///
    /// @param type  of its elements
    /// @param begin first byte, counted from the end of the header
    /// @param end   byte after the last
    public record Entry(ElementType type, List<Long> shape, long begin, long end) {
        public Entry {
            shape = List.copyOf(shape);
        }
    }

    /// A header for tensors that are stored so, one behind the other.
    static SafetensorsHeader of(SequencedMap<String, SafetensorsWriter.Stored> stored, Map<String, String> metadata) {
        SequencedMap<String, Entry> tensors = new LinkedHashMap<>();
        long end = 0;
        for (Map.Entry<String, SafetensorsWriter.Stored> tensor : stored.entrySet()) {
            ElementType type = tensor.getValue().type();
            List<Long> shape = tensor.getValue().shape();
            long begin = end;
            end = Math.addExact(begin, byteSize(type, shape));
            tensors.put(tensor.getKey(), new Entry(type, shape, begin, end));
        }
        return new SafetensorsHeader(tensors, metadata, end);
    }

    /// The JSON, filled up with blanks so that the data behind it begins at a multiple of 8.
    byte[] toBytes() {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode free = root.putObject("__metadata__");
        metadata.forEach(free::put);
        tensors.forEach((name, entry) -> {
            ObjectNode node = root.putObject(name);
            node.put("dtype", entry.type().name());
            entry.shape().forEach(node.putArray("shape")::add);
            node.putArray("data_offsets").add(entry.begin()).add(entry.end());
        });
        byte[] json = JSON.writeValueAsBytes(root);
        byte[] padded = new byte[Math.ceilDiv(json.length, 8) * 8];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(json, 0, padded, 0, json.length);
        return padded;
    }

    /// Reads a header and checks that its tensors cover the data exactly.
    ///
    /// @param file     for messages
    /// @param dataSize bytes behind the header
    static SafetensorsHeader parse(Path file, byte[] json, long dataSize) throws CorruptFileException {
        JsonNode root;
        try {
            root = JSON.readTree(new String(json, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new CorruptFileException(file, "its header is not JSON: " + e.getOriginalMessage(), e);
        }
        if (!root.isObject()) {
            throw new CorruptFileException(file, "its header is not a JSON object");
        }
        Map<String, Entry> found = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : root.properties()) {
            if (property.getKey().equals("__metadata__")) {
                property.getValue()
                        .properties()
                        .forEach(free ->
                                metadata.put(free.getKey(), free.getValue().asString("")));
            } else {
                found.put(property.getKey(), entry(file, property.getKey(), property.getValue()));
            }
        }
        return new SafetensorsHeader(inOrder(file, found, dataSize), metadata, dataSize);
    }

    private static SequencedMap<String, Entry> inOrder(Path file, Map<String, Entry> found, long dataSize)
            throws CorruptFileException {
        List<Map.Entry<String, Entry>> byOffset = new ArrayList<>(found.entrySet());
        byOffset.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        SequencedMap<String, Entry> ordered = new LinkedHashMap<>();
        long covered = 0;
        for (Map.Entry<String, Entry> tensor : byOffset) {
            if (tensor.getValue().begin() != covered) {
                throw new CorruptFileException(
                        file,
                        "tensor %s begins at byte %d where %d was expected: a gap or an overlap"
                                .formatted(tensor.getKey(), tensor.getValue().begin(), covered));
            }
            covered = tensor.getValue().end();
            ordered.put(tensor.getKey(), tensor.getValue());
        }
        if (covered != dataSize) {
            throw new CorruptFileException(
                    file, "its tensors take %d bytes, but %d follow the header".formatted(covered, dataSize));
        }
        return ordered;
    }

    private static Entry entry(Path file, String name, JsonNode node) throws CorruptFileException {
        String typeName = node.path("dtype").asString("");
        ElementType type = ElementType.of(typeName)
                .orElseThrow(() -> new CorruptFileException(
                        file,
                        "tensor %s is of type '%s', not one of %s"
                                .formatted(name, typeName, Arrays.toString(ElementType.values()))));
        List<Long> shape = longs(file, name, "shape", node.get("shape"));
        List<Long> offsets = longs(file, name, "data_offsets", node.get("data_offsets"));
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw new CorruptFileException(file, "tensor %s has data_offsets %s".formatted(name, offsets));
        }
        long size;
        try {
            size = byteSize(type, shape);
        } catch (ArithmeticException e) {
            throw new CorruptFileException(file, "tensor %s of shape %s is too large".formatted(name, shape), e);
        }
        if (offsets.get(1) - offsets.get(0) != size) {
            throw new CorruptFileException(
                    file,
                    "tensor %s of shape %s has %d bytes, not %d"
                            .formatted(name, shape, offsets.get(1) - offsets.get(0), size));
        }
        return new Entry(type, shape, offsets.get(0), offsets.get(1));
    }

    private static List<Long> longs(Path file, String name, String key, @Nullable JsonNode node)
            throws CorruptFileException {
        List<Long> values = new ArrayList<>();
        if (node == null || !node.isArray()) {
            throw new CorruptFileException(file, "tensor %s has no array %s".formatted(name, key));
        }
        for (JsonNode value : node) {
            if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
                throw new CorruptFileException(file, "tensor %s has %s in its %s".formatted(name, value, key));
            }
            values.add(value.asLong());
        }
        return values;
    }

    private static long byteSize(ElementType type, List<Long> shape) {
        long size = type.bytes();
        for (long dimension : shape) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }
}
