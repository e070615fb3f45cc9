package dev.stepwell.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Files with secrets in them, readable by their user alone from the first moment.
public final class PrivateFiles {
    private PrivateFiles() {}

    /// Writes `file` aside and moves it to its place, over what was there.
    public static void write(Path file, byte[] content) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(aside);
        Files.createFile(aside, ownerOnly(aside));
        Files.write(aside, content);
        AtomicFiles.sync(aside);
        AtomicFiles.move(aside, file);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
