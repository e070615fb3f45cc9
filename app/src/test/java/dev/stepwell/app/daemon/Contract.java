package dev.stepwell.app.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// An OpenAPI document, and which of its operations have been seen to be true.
final class Contract {
    private static final String HERE = "https://contract.test";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final JsonNode document;
    private final SchemaRegistry schemas;
    private final Set<String> seen = new TreeSet<>();

    /// @param openapi the document
    Contract(String openapi) {
        document = JSON.readTree(openapi);
        JsonNode strict = JSON.readTree(openapi);
        forbidOthers(strict);
        schemas = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(Map.of(HERE + "/openapi.json", strict.toString())));
    }

    /// Clients are told to expect new fields; here one that is not described is a fault of the document.
    private static void forbidOthers(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("type").asString("").equals("object")
                && object.has("properties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(Contract::forbidOthers);
    }

    /// `get /api/v1/status`, and so on.
    Set<String> operations() {
        Set<String> all = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path ->
                        path.getValue().propertyNames().forEach(method -> all.add(method + " " + path.getKey())));
        return all;
    }

    /// Whether it is only for who has the token.
    boolean needsToken(String operation) {
        String[] parts = operation.split(" ", 2);
        JsonNode own = document.get("paths").get(parts[1]).get(parts[0]).path("security");
        return own.isMissingNode() ? !document.get("security").isEmpty() : !own.isEmpty();
    }

    Set<String> seen() {
        return seen;
    }

    /// Of a path, as in the header `Allow`.
    Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        document.get("paths").get(path).propertyNames().forEach(method -> methods.add(method.toUpperCase(Locale.ROOT)));
        return methods;
    }

    /// The words that a parameter takes.
    Set<String> words(String path, String parameter) {
        Set<String> words = new TreeSet<>();
        for (JsonNode each : document.get("paths").get(path).get("get").get("parameters")) {
            if (each.get("name").asString().equals(parameter)) {
                each.get("schema").get("items").get("enum").forEach(word -> words.add(word.asString()));
            }
        }
        return words;
    }

    /// Holds `answer` against what is said of this operation, status, type and body.
    void hold(String method, String path, HttpResponse<String> answer) {
        String as = "%s %s: %d %s".formatted(method, path, answer.statusCode(), answer.body());
        String code = String.valueOf(answer.statusCode());
        JsonNode responses = document.get("paths").path(path).path(method).path("responses");
        assertThat(responses.isMissingNode()).as(as).isFalse();
        String which = responses.has(code) ? code : "default";
        assertThat(which.equals("default") && answer.statusCode() < 400).as(as).isFalse();
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        assertThat(responses.get(which).get("content").propertyNames()).as(as).contains(type);
        if (type.equals("application/json")) {
            String pointer = "/paths/%s/%s/responses/%s/content/application~1json/schema"
                    .formatted(path.replace("~", "~0").replace("/", "~1"), method, which);
            assertThat(schemas.getSchema(SchemaLocation.of(HERE + "/openapi.json#" + pointer))
                            .validate(JSON.readTree(answer.body())))
                    .as(as)
                    .isEmpty();
        }
        if (!which.equals("default")) {
            seen.add(method + " " + path);
        }
    }

    /// Holds a status document that came otherwise against its schema.
    void holdStatus(String json) {
        assertThat(schemas.getSchema(SchemaLocation.of(HERE + "/openapi.json#/components/schemas/Status"))
                        .validate(JSON.readTree(json)))
                .as(json)
                .isEmpty();
    }
}
