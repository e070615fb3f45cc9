package dev.stepwell.torch;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.Trees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Where JavaCPP unpacks libraries, a folder for each jar; the file `whole` lists the folders that are unpacked whole.
///
/// JavaCPP looks at the size of a library that it loads itself, and not of those that the dynamic linker loads for it.
/// If a process is killed while it unpacks, or the disk is full, half a library stays, and every later process dies of
/// it (SIGBUS). So what is not known to be whole is deleted, and unpacked anew.
final class NativeCache {
    private static final String WHOLE = "whole";
    private static final String LOCK = "whole.lock";
    private static final String JAR = ".jar";

    private final Path folder;

    /// @param folder of JavaCPP's own choice; only what is named like a jar in it is looked at
    NativeCache(Path folder) {
        this.folder = folder;
    }

    /// Loads what may have to be unpacked.
    @FunctionalInterface
    interface Load {
        void run();
    }

    /// Runs `load` where all that is unpacked is whole, and remembers what it has unpacked. One process after
    /// another, for what somebody is just unpacking is not whole either. A cache that cannot be written, as in
    /// an image, is taken as it is.
    ///
    /// @throws IOException if the folder cannot be read or written, or the libraries cannot be flushed to disk
    void use(Load load) throws IOException {
        Files.createDirectories(folder);
        if (!Files.isWritable(folder)) {
            load.run();
            return;
        }
        synchronized (NativeCache.class) { // The lock of the file is the process's, not the thread's.
            try (FileChannel channel = FileChannel.open(
                            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock _ = channel.lock()) {
                Set<String> whole = whole();
                for (String name : unpacked()) {
                    if (!whole.contains(name)) {
                        Trees.delete(folder.resolve(name));
                    }
                }
                load.run();
                remember(whole);
            }
        }
    }

    private Set<String> whole() throws IOException {
        Path list = folder.resolve(WHOLE);
        Set<String> whole = new TreeSet<>();
        if (Files.exists(list)) {
            whole.addAll(Files.readAllLines(list));
        }
        return whole;
    }

    private Set<String> unpacked() throws IOException {
        Set<String> names = new TreeSet<>();
        for (Path entry : Trees.list(folder)) {
            String name = entry.getFileName().toString();
            if (name.endsWith(JAR) && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                names.add(name);
            }
        }
        return names;
    }

    private void remember(Set<String> known) throws IOException {
        Set<String> names = unpacked();
        if (names.equals(known)) {
            return;
        }
        for (String name : names) {
            if (!known.contains(name)) {
                flush(folder.resolve(name));
            }
        }
        AtomicFiles.write(folder.resolve(WHOLE), String.join("\n", names).getBytes(StandardCharsets.UTF_8));
    }

    /// After a loss of power a file may be as long as it was and hold zeros.
    private static void flush(Path unpacked) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(unpacked, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        AtomicFiles.syncAll(files);
    }
}
