package dev.stepwell.data.jinja;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The inputs that the fuzzer began with, and those that it found worth keeping.
class TemplateFuzzerTest {
    private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz", "templates");

    static List<Path> inputs() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("inputs")
    void whatTheFuzzerFoundEndsByName(Path input) throws IOException {
        byte[] bytes = Files.readAllBytes(input);
        assertThatCode(() -> TemplateFuzzer.fuzzerTestOneInput(bytes)).doesNotThrowAnyException();
    }
}
