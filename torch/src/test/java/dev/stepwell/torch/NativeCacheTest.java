package dev.stepwell.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
    @TempDir
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private NativeCache cache;

    @BeforeEach
    void open() {
        cache = new NativeCache(folder);
    }

    @Test
    void whatAKilledProcessUnpackedInPartIsUnpackedAnew() throws IOException {
        Path library = unpacked("pytorch.jar", "half");

        cache.use(() -> unpackIfMissing(library));

        assertThat(library).hasContent("whole");
    }

    @Test
    void whatIsWholeIsUnpackedOnce() throws IOException {
        Path library = folder.resolve("pytorch.jar/linux/lib.so");
        cache.use(() -> unpackIfMissing(library));
        Files.writeString(library, "the same as before");

        new NativeCache(folder).use(() -> unpackIfMissing(library));

        assertThat(library).hasContent("the same as before");
    }

    @Test
    void whatFailsIsNotWhole() throws IOException {
        Path library = folder.resolve("pytorch.jar/linux/lib.so");
        assertThatThrownBy(() -> cache.use(() -> {
                    unpackIfMissing(library);
                    throw new UnsatisfiedLinkError("the disk is full");
                }))
                .isInstanceOf(UnsatisfiedLinkError.class);
        Files.writeString(library, "half");

        cache.use(() -> unpackIfMissing(library));

        assertThat(library).hasContent("whole");
    }

    /// Another build of the same version: one with CUDA, say.
    @Test
    void anotherLibraryKeepsWhatIsWhole() throws IOException {
        Path first = folder.resolve("pytorch.jar/linux/lib.so");
        cache.use(() -> unpackIfMissing(first));
        Files.writeString(first, "the same as before");
        Path half = unpacked("pytorch-gpu.jar", "half");

        cache.use(() -> unpackIfMissing(half));

        assertThat(first).hasContent("the same as before");
        assertThat(half).hasContent("whole");
    }

    @Test
    void whatIsNotAJarsFolderIsLeftAlone() throws IOException {
        Path other = unpacked("something", "of another program");
        cache.use(() -> unpackIfMissing(folder.resolve("pytorch.jar/linux/lib.so")));
        assertThat(other).hasContent("of another program");
    }

    private Path unpacked(String jar, String content) throws IOException {
        Path library = folder.resolve(jar).resolve("linux/lib.so");
        Files.createDirectories(folder.resolve(jar).resolve("linux"));
        return Files.writeString(library, content);
    }

    /// As JavaCPP does with what the linker loads.
    private static void unpackIfMissing(Path library) {
        try {
            if (!Files.exists(library)) {
                Files.createDirectories(library.resolve("..").normalize());
                Files.writeString(library, "whole");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
