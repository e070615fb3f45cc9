package dev.stepwell.core.status;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// [StatusDocument] to JSON and back.
final class StatusJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(EnumFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL) // A later version may have more words.
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private StatusJson() {}

    /// UTF-8, indented, because people read it too.
    static byte[] write(StatusDocument document) {
        return MAPPER.writeValueAsBytes(document);
    }

    /// @throws tools.jackson.core.JacksonException if it is not JSON
    static JsonNode tree(byte[] json) {
        return MAPPER.readTree(json);
    }

    /// @throws tools.jackson.core.JacksonException if a field has a type that it cannot have
    static StatusDocument document(JsonNode tree) {
        return MAPPER.treeToValue(tree, StatusDocument.class);
    }
}
