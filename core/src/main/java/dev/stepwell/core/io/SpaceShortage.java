package dev.stepwell.core.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A disk that has less space than is needed next.
///
/// @param where  folder to be written to
/// @param needed bytes, at least
/// @param free   bytes that this process may use; what is reserved for the system is not counted
public record SpaceShortage(Path where, long needed, long free) {

    /// Whether `needed` bytes can be written under `where`, as far as can be told before: a quota, for one, is not
    /// seen.
    ///
    /// @return empty if they can
    /// @throws IOException if the file system cannot be asked
    public static Optional<SpaceShortage> under(Path where, long needed) throws IOException {
        long free = Files.getFileStore(where).getUsableSpace();
        // A file system of more than 2^63 bytes says a negative number.
        return free < 0 || free >= needed ? Optional.empty() : Optional.of(new SpaceShortage(where, needed, free));
    }

    /// What is the matter, and what can be done, in a line.
    public String message() {
        String lack = free < needed
                ? "%s are needed and %s are free".formatted(ByteSize.of(needed), ByteSize.of(free))
                : "it takes no more, though %s are free: is a quota used up, or the inodes (df -i)?"
                        .formatted(ByteSize.of(free));
        return "The disk of %s is full: %s. Make room; what waits for it goes on by itself.".formatted(where, lack);
    }
}
