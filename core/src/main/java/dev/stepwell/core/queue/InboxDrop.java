package dev.stepwell.core.queue;

import dev.stepwell.core.io.AtomicFiles;
import dev.stepwell.core.io.BaseDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Puts copies of files into the inbox, for whoever takes them from there. Needs no daemon, and disturbs none.
///
/// A copy is written aside, flushed and renamed, so that it is taken whole or not at all, and survives a loss
/// of power once [#copy] returns. A name that lies in the inbox already is not replaced: the copy gets a folder
/// of its own.
public final class InboxDrop {
    /// In UTF-8: file systems take 255 bytes, and the queue puts an id in front and the ending of a report behind.
    private static final int LONGEST_NAME = 200;

    private final BaseDirectory base;

    public InboxDrop(BaseDirectory base) {
        this.base = base;
    }

    /// Why `source` cannot be added, with the remedy; empty if nothing is known against it.
    public static Optional<DeskAnswer.Refused> objection(Path source) {
        Path name = source.getFileName();
        String shown = Printable.of(source.toString());
        if (!Files.exists(source)) {
            return refused("there is no file %s".formatted(shown), "check the path");
        }
        if (!Files.isRegularFile(source)) {
            return refused("%s is not a regular file".formatted(shown), "name the files in it");
        }
        if (name == null || !InboxListing.isTakeable(name.toString())) {
            return refused(
                    "%s is not named like a data file".formatted(shown),
                    "name it something.jsonl or something.json, without a dot in front");
        }
        return Files.isReadable(source)
                ? Optional.empty()
                : refused("%s cannot be read: permission denied".formatted(shown), "see who may read it");
    }

    private static Optional<DeskAnswer.Refused> refused(String problem, String remedy) {
        return Optional.of(new DeskAnswer.Refused(DeskAnswer.Reason.UNUSABLE_CONTENT, problem, remedy, List.of()));
    }

    /// Copies `source`, to which there is no [#objection], into the inbox.
    ///
    /// @return where the copy is
    /// @throws IOException if it cannot be read or the copy not be written; nothing is left of it then
    public Path copy(Path source, Priority priority) throws IOException {
        Path folder = folder(priority);
        Files.createDirectories(folder);
        try (UnfinishedCopy copy = UnfinishedCopy.of(source, folder)) {
            return published(copy.file(), folder, source.getFileName());
        }
    }

    /// Why nothing can be received under `name`, with the remedy; empty if nothing is known against it. A name is one
    /// segment of a path, so that nothing leaves the inbox.
    public static Optional<DeskAnswer.Refused> objection(String name) {
        boolean plain = !name.isBlank()
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                && InboxListing.isTakeable(name);
        return plain
                ? Optional.empty()
                : refused(
                        "'%s' is not named like a data file".formatted(Printable.of(name)),
                        "name it something.jsonl or something.json, without a folder, without a dot in front and in 200 bytes");
    }

    /// Writes `content` into the inbox, under a `name` to which there is no [#objection].
    ///
    /// @param maxBytes how large it may be
    /// @return where it is
    /// @throws TooLargeException if it is larger; nothing is left of it then
    /// @throws IOException if it cannot be read or written, likewise
    public Path receive(String name, InputStream content, Priority priority, long maxBytes)
            throws IOException, TooLargeException {
        Path folder = folder(priority);
        Files.createDirectories(folder);
        try (UnfinishedCopy copy = UnfinishedCopy.of(content, maxBytes, folder)) {
            return published(copy.file(), folder, Path.of(name));
        }
    }

    /// Copies that were not finished when their process died.
    List<Path> abandoned() throws IOException {
        List<Path> abandoned = new ArrayList<>();
        for (Priority priority : Priority.values()) {
            abandoned.addAll(UnfinishedCopy.abandoned(folder(priority)));
        }
        return abandoned;
    }

    private Path folder(Priority priority) {
        return switch (priority) {
            case HIGH -> base.inbox().resolve("high");
            case NORMAL -> base.inbox();
            case LOW -> base.inbox().resolve("low");
        };
    }

    /// A link, unlike a rename, never replaces what is there.
    private static Path published(Path aside, Path folder, Path name) throws IOException {
        Path place = folder;
        for (int i = 2; ; i++) {
            Path target = place.resolve(name);
            try {
                Files.createLink(target, aside);
                Files.delete(aside);
                AtomicFiles.syncDirectory(place);
                AtomicFiles.syncDirectory(folder);
                return target;
            } catch (FileAlreadyExistsException _) {
                place = folder.resolve("added-" + i);
                Files.createDirectories(place);
            } catch (UnsupportedOperationException _) { // No links there: a folder of its own has no other of the name.
                Path own = Files.createDirectory(folder.resolve("added-" + UUID.randomUUID()));
                AtomicFiles.move(aside, own.resolve(name));
                AtomicFiles.syncDirectory(folder);
                return own.resolve(name);
            }
        }
    }
}
