package dev.stepwell.data.tokens;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Keeps the tokenizers library to what is in its jar.
///
/// As it comes it asks a web server for a build for the CUDA version it finds, reports its use when it runs in
/// certain clouds, and unpacks its native code into `~/.djl.ai`. It reads system properties (or environment variables
/// of the same names, which win) when its classes are loaded, and only then.
final class TokenizerNatives {
    private static final String CACHE_DIRECTORY = "ENGINE_CACHE_DIR";

    private TokenizerNatives() {}

    /// Sets the properties that the user has not set. To be called before any class of the library is used.
    ///
    /// @throws IOException if there is no place to unpack native code into, with the remedy
    static void configure() throws IOException {
        setIfAbsent("ai.djl.offline", "true");
        setIfAbsent("OPT_OUT_TRACKING", "true");
        setIfAbsent("RUST_FLAVOR", "cpu");
        setIfAbsent(CACHE_DIRECTORY, cacheDirectory().toString());
        String fromEnvironment = System.getenv(CACHE_DIRECTORY);
        Path chosen = Path.of(fromEnvironment == null ? System.getProperty(CACHE_DIRECTORY) : fromEnvironment);
        try {
            Files.createDirectories(chosen);
        } catch (IOException e) {
            throw new IOException(
                    "the tokenizers library cannot be unpacked into %s (%s): set the environment variable %s to a directory that can be written"
                            .formatted(chosen, e, CACHE_DIRECTORY),
                    e);
        }
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static Path cacheDirectory() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return caches.resolve("stepwell");
    }
}
