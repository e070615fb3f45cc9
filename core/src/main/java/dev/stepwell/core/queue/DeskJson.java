package dev.stepwell.core.queue;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/// Requests and answers of a desk as JSON in UTF-8: snake case, enums in lower case, times in ISO 8601. What is
/// unknown is null, never absent.
public final class DeskJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private DeskJson() {}

    public static byte[] write(DeskRequest request) {
        return bytes(JSON.writerFor(DeskRequest.class).writeValueAsString(request));
    }

    public static byte[] write(DeskAnswer answer) {
        return bytes(JSON.writerFor(DeskAnswer.class).writeValueAsString(answer));
    }

    /// `answer` for people who read JSON.
    public static String pretty(DeskAnswer answer) {
        return JSON.writerFor(DeskAnswer.class).withDefaultPrettyPrinter().writeValueAsString(answer);
    }

    /// The request that `json` is.
    ///
    /// @throws IllegalArgumentException if it is none
    public static DeskRequest readRequest(byte[] json) {
        return read(json, DeskRequest.class);
    }

    /// The answer that `json` is.
    ///
    /// @throws IllegalArgumentException if it is none
    public static DeskAnswer readAnswer(byte[] json) {
        return read(json, DeskAnswer.class);
    }

    /// By way of a string: a name that holds a lone surrogate must not keep an answer from being written.
    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            T value = JSON.readValue(json, type);
            if (value == null) {
                throw new IllegalArgumentException("null is no " + type.getSimpleName());
            }
            return value;
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "not a %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
        }
    }
}
