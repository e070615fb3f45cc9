package dev.stepwell.data.tokens;

import dev.stepwell.core.io.AtomicFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// The tokenizer that is shipped: 2,048 ids, made by [dev.stepwell.data.tokens.bpe.BuildDefaultTokenizer].
public final class DefaultTokenizer {
    /// Ids of the shipped tokenizer.
    public static final int VOCAB_SIZE = 2_048;

    private static final String TOKENIZER = "tokenizer.json";
    private static final String CONFIG = "tokenizer_config.json";

    private DefaultTokenizer() {}

    /// Puts `tokenizer.json` and `tokenizer_config.json` into `directory`, each whole or not at all. A file that is
    /// there already stays as it is.
    ///
    /// @return where `tokenizer.json` is
    /// @throws IOException if the directory or a file cannot be written
    public static Path install(Path directory) throws IOException {
        Files.createDirectories(directory);
        // The tokenizer last: where it is, both are.
        installIfAbsent(directory, CONFIG);
        return installIfAbsent(directory, TOKENIZER);
    }

    private static Path installIfAbsent(Path directory, String name) throws IOException {
        Path file = directory.resolve(name);
        if (!Files.exists(file)) {
            AtomicFiles.write(file, resource(name));
        }
        return file;
    }

    private static byte[] resource(String name) throws IOException {
        String path = "/dev/stepwell/data/tokenizer/" + name;
        try (InputStream resource = DefaultTokenizer.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new FileNotFoundException("this build lacks its resource " + path);
            }
            return resource.readAllBytes();
        }
    }
}
