package dev.stepwell.core.io;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/// What a disk has, and what is to be written to it next.
///
/// @param where  folder to be written to
/// @param needed bytes, at least
/// @param free   bytes that this process may use; what is reserved for the system is not counted
public record DiskSpace(Path where, long needed, long free) {

    /// The space under `where`, as far as the file system tells: a quota, for one, is not seen.
    ///
    /// @throws IOException if the file system cannot be asked
    public static DiskSpace under(Path where, long needed) throws IOException {
        // A FileStore would need to find where it is mounted, which it cannot in a chroot.
        File folder = where.toFile();
        if (folder.getTotalSpace() == 0) {
            throw new IOException("the file system of %s does not say how large it is".formatted(where));
        }
        long free = folder.getUsableSpace();
        // A file system of more than 2^63 bytes says a negative number.
        return new DiskSpace(where, needed, free < 0 ? Long.MAX_VALUE : free);
    }

    /// Whether there is enough.
    public boolean suffices() {
        return free >= needed;
    }

    /// What is the matter with it, and what can be done, in a line. To be asked where it does not suffice, or
    /// where it should have sufficed and did not, of who waits for more.
    public String shortage() {
        return lack() + " Make room; what waits for it goes on by itself.";
    }

    /// What is the matter with it, in a sentence; likewise.
    public String lack() {
        String lack = suffices()
                ? "it takes no more, though %s are free: is a quota used up, or the inodes (df -i)?"
                        .formatted(ByteSize.of(free))
                : "%s are needed and %s are free".formatted(ByteSize.of(needed), ByteSize.of(free));
        return "The disk of %s is full: %s.".formatted(where, lack);
    }
}
