package dev.stepwell.app.notify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// A [Notice] as JSON, in snake case; `docs/alerts.md` explains each field. What is unknown is null.
///
/// @param version of this format
/// @param missed  notices before it that never arrived
record NoticeJson(int version, @JsonUnwrapped Notice notice, int missed) {
    static final int VERSION = 1;

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    /// In UTF-8.
    static byte[] of(Notice notice, int missed) {
        // By way of a string: half a surrogate pair in a file's name must not keep an alert from being sent.
        return JSON.writeValueAsString(new NoticeJson(VERSION, notice, missed)).getBytes(StandardCharsets.UTF_8);
    }
}
