package dev.stepwell.data.jinja;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/// Hundreds of small templates, each of which does here what it does in Jinja2, or fails for the same reason.
class GoldenCasesTest {
    @TestFactory
    Stream<DynamicContainer> everyCaseDoesWhatItDoesInJinja() throws IOException {
        Map<String, Object> variables =
                Golden.variables(Golden.JSON.readTree(Files.readString(Golden.FOLDER.resolve("variables.json"))));
        try (Stream<Path> files = Files.list(Golden.FOLDER)) {
            return files
                    .filter(file -> file.getFileName().toString().startsWith("cases-"))
                    .sorted()
                    .map(file -> group(file, variables))
                    .toList()
                    .stream();
        }
    }

    private static DynamicContainer group(Path file, Map<String, Object> variables) {
        AtomicInteger line = new AtomicInteger();
        try {
            return DynamicContainer.dynamicContainer(
                    file.getFileName().toString(),
                    Golden.rows(file).stream().map(row -> test(line.incrementAndGet(), row, variables)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DynamicTest test(int line, JsonNode row, Map<String, Object> variables) {
        String source = row.path("template").asString();
        return DynamicTest.dynamicTest(line + ": " + source, () -> Golden.check(source, variables, row));
    }
}
