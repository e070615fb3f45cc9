package dev.stepwell.monitor.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the server can be asked for and what it answers, for programs: an OpenAPI document, and the JSON Schema of the
/// status document. A test of the running daemon holds every answer against the former.
final class ApiDescription {
    private static final String JSON = "application/json; charset=utf-8";
    private static final String STATUS = "Status";
    private static final String DEFINITIONS = "$defs";

    private ApiDescription() {}

    static List<Page> pages() {
        byte[] status = Resources.read("training_status.schema.json");
        return List.of(
                Page.fixed(
                        "/openapi.json",
                        JSON,
                        whole(Resources.read("openapi.json"), status).toString().getBytes(StandardCharsets.UTF_8)),
                Page.fixed("/training_status.schema.json", JSON, status));
    }

    /// With the schema of the status document among the others, because tools that read a document that was saved
    /// find nothing beside it.
    private static JsonNode whole(byte[] openapi, byte[] statusSchema) {
        String moved = new String(statusSchema, StandardCharsets.UTF_8)
                .replace("#/%s/".formatted(DEFINITIONS), "#/components/schemas/%s_".formatted(STATUS));
        ObjectNode status = (ObjectNode) JsonMapper.shared().readTree(moved);
        JsonNode definitions = status.remove(DEFINITIONS);
        status.remove(List.of("$schema", "$id"));
        JsonNode document = JsonMapper.shared().readTree(openapi);
        ObjectNode schemas = (ObjectNode) document.at("/components/schemas");
        schemas.set(STATUS, status);
        definitions
                .properties()
                .forEach(each -> schemas.set("%s_%s".formatted(STATUS, each.getKey()), each.getValue()));
        return document;
    }
}
