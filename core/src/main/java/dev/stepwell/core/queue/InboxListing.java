package dev.stepwell.core.queue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What lies in the inbox at one moment, in all its folders.
///
/// Files being written (`.*`, `*.tmp`, `*.part`) are passed over without a word. Links are neither taken nor followed,
/// so that nothing outside the inbox can be moved or read.
///
/// @param candidates  regular files named `*.jsonl` or `*.json`
/// @param directories the inbox and its folders
/// @param refused     what a user may have meant to be trained and is not
record InboxListing(List<Candidate> candidates, List<Path> directories, List<Refused> refused) {
    /// Something in the inbox that stays there.
    ///
    /// @param reason what it is, in words a user can act on
    record Refused(Path path, String reason) {}

    /// Lists `inbox`, which may itself be a link to a directory.
    ///
    /// @throws IOException if the inbox itself cannot be read
    static InboxListing of(Path inbox) throws IOException {
        Path root = inbox.toRealPath();
        Visitor visitor = new Visitor(root);
        Files.walkFileTree(root, visitor);
        return new InboxListing(visitor.candidates, visitor.directories, visitor.refused);
    }

    /// Whether a file of this name is one of rows.
    static boolean isData(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".jsonl") || lower.endsWith(".json");
    }

    /// Whether a regular file of this name would be taken.
    static boolean isTakeable(String name) {
        return isData(name) && !beingWritten(name);
    }

    private static boolean beingWritten(String name) {
        return name.startsWith(".") || name.endsWith(".tmp") || name.endsWith(".part");
    }

    private static final class Visitor implements FileVisitor<Path> {
        private final Path root;
        private final List<Candidate> candidates = new ArrayList<>();
        private final List<Path> directories = new ArrayList<>();
        private final List<Refused> refused = new ArrayList<>();

        Visitor(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String name = nameOf(directory);
            if (!directory.equals(root)) {
                if (beingWritten(name)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (isData(name)) {
                    refused.add(new Refused(directory, "is a directory named like a data file"));
                    return FileVisitResult.SKIP_SUBTREE;
                }
            }
            directories.add(directory);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = nameOf(file);
            if (beingWritten(name)) {
                return FileVisitResult.CONTINUE;
            }
            if (attributes.isSymbolicLink()) {
                refused.add(new Refused(file, "is a symbolic link"));
            } else if (!attributes.isRegularFile()) {
                refused.add(new Refused(file, "is not a regular file"));
            } else if (!isData(name)) {
                refused.add(new Refused(file, "is not named *.jsonl or *.json"));
            } else {
                candidates.add(new Candidate(
                        file,
                        root.relativize(file),
                        attributes.size(),
                        // Whole milliseconds, as the database keeps them; a time beyond any calendar is cut to the
                        // last.
                        Instant.ofEpochMilli(attributes.lastModifiedTime().toMillis())));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
                throw e;
            }
            if (!(e instanceof NoSuchFileException)) { // One that vanished meanwhile is nobody's concern.
                refused.add(new Refused(file, "cannot be read: " + e));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
            if (e != null) {
                return visitFileFailed(directory, e);
            }
            return FileVisitResult.CONTINUE;
        }

        private static String nameOf(Path path) {
            Path name = path.getFileName();
            return name == null ? "" : name.toString();
        }
    }
}
