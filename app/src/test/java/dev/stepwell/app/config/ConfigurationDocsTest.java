package dev.stepwell.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigurationDocsTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void the_documented_table_is_what_the_code_does() throws IOException {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("|"))
                .toList();
        assertThat(documented).as("table of %s", PAGE).isEqualTo(table().lines().toList());
    }

    private static String table() {
        StringBuilder table =
                new StringBuilder("| key | default | allowed | unit | meaning |\n|---|---|---|---|---|\n");
        for (ConfigKey<?> key : ConfigKeys.ALL) {
            String value = key.defaultAsJson()
                    .map(json -> json instanceof String text ? '"' + text + '"' : json.toString())
                    .orElse("null");
            table.append("| `%s` | `%s` | %s | %s | %s |\n"
                    .formatted(key.name(), value, key.domain().allowed(), key.unit(), key.meaning()));
        }
        return table.toString();
    }
}
