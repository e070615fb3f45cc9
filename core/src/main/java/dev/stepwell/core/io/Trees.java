package dev.stepwell.core.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Folders with all that is in them. Links are not followed.
public final class Trees {
    private static final String DELETED = ".deleted-";

    private Trees() {}

    /// Entries of `folder`, in no order.
    ///
    /// @throws IOException if it cannot be read
    public static List<Path> list(Path folder) throws IOException {
        try (var entries = Files.list(folder)) {
            return entries.toList();
        } catch (UncheckedIOException e) {
            throw new IOException("%s cannot be read: %s".formatted(folder, e.getMessage()), e);
        }
    }

    /// Deletes `folder` and what is in it; nothing happens where there is none.
    ///
    /// @throws IOException if something cannot be deleted
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                if (e != null) {
                    throw e;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Renames `folder` to what [#isLeftover] recognizes, so that a crash between here and the end of its
    /// deletion does not leave what looks like a damaged one.
    ///
    /// @return where it is now, to be deleted
    /// @throws IOException if it cannot be renamed
    public static Path retire(Path folder) throws IOException {
        Path aside = folder.resolveSibling(DELETED + folder.getFileName());
        delete(aside);
        AtomicFiles.move(folder, aside);
        return aside;
    }

    /// Whether an entry of this name was being written or deleted when a process ended.
    public static boolean isLeftover(String name) {
        return name.startsWith(DELETED) || AtomicFiles.isAside(name);
    }

    /// Bytes of the files in `folder` and below. What vanishes meanwhile is not counted.
    ///
    /// @throws IOException if something cannot be read
    public static long bytes(Path folder) throws IOException {
        long[] sum = {0};
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return sum[0];
    }
}
