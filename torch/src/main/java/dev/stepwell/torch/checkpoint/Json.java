package dev.stepwell.torch.checkpoint;

import dev.stepwell.torch.safetensors.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON as checkpoints have it: snake case, indented, unknown keys passed over so that newer versions may add some.
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private Json() {}

    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /// Reads a whole file.
    ///
    /// @throws CorruptFileException if the file is not JSON of this type
    /// @throws IOException          if it cannot be read
    static <T> T read(Path file, Class<T> type) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            T value = MAPPER.readValue(bytes, type);
            if (value == null) {
                throw new CorruptFileException(file, "it holds null");
            }
            return value;
        } catch (JacksonException e) {
            throw new CorruptFileException(file, e.getOriginalMessage(), e);
        }
    }
}
