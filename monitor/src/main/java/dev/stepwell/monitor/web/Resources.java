package dev.stepwell.monitor.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Files that are part of the program.
final class Resources {
    private Resources() {}

    /// @param path beside this class, or from the root if it begins with `/`
    /// @throws IllegalStateException if the build lacks it
    static byte[] read(String path) {
        try (InputStream in = Resources.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the build lacks " + path);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read".formatted(path), e);
        }
    }
}
