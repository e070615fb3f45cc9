package dev.stepwell.core.status;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The schema that ships in `docs/`.
final class StatusSchema {
    private static final JsonNode SOURCE = JsonMapper.shared().readTree(text());
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(SOURCE);

    private StatusSchema() {}

    /// What is wrong with the document as it would be written: violations, and fields the schema does not describe.
    static List<String> violations(StatusDocument document) {
        JsonNode json = JsonMapper.shared().readTree(StatusJson.write(document));
        Set<String> undescribed = new TreeSet<>(json.propertyNames());
        undescribed.removeAll(described());
        List<String> found = new ArrayList<>(undescribed);
        SCHEMA.validate(json, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .forEach(error -> found.add(error.toString()));
        return found;
    }

    static List<String> described() {
        return List.copyOf(SOURCE.get("properties").propertyNames());
    }

    private static String text() {
        try {
            return Files.readString(Path.of("..", "docs", "training_status.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
