package dev.stepwell.data.tokens;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The shipped tokenizer, opened once for all tests.
public final class TestTokenizer {
    public static final HuggingFaceBpeTokenizer SHIPPED = open();

    private TestTokenizer() {}

    private static HuggingFaceBpeTokenizer open() {
        try {
            Path directory = Files.createTempDirectory("tokenizer");
            Path file = DefaultTokenizer.install(directory);
            HuggingFaceBpeTokenizer opened = HuggingFaceBpeTokenizer.open(file);
            Files.delete(file);
            Files.delete(directory.resolve("tokenizer_config.json"));
            Files.delete(directory);
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
