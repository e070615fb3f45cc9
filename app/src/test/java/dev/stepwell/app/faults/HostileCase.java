package dev.stepwell.app.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Something in the inbox that no sane producer would leave there, and what becomes of it.
///
/// @param what  for people: what is wrong with it
/// @param name  its path in the inbox, as bytes: no locale has a say in it
/// @param maker makes it
/// @param end   where it ends
record HostileCase(String what, byte[] name, Maker maker, End end) {
    /// Makes the case at a path that may not be one that this JVM can write.
    @FunctionalInterface
    interface Maker {
        void make(Shell shell, Path inbox, byte[] name) throws IOException;
    }

    /// Where a case ends.
    sealed interface End {
        String words();
    }

    /// In `archive/`, trained but for rows that are refused.
    ///
    /// @param usable   rows trained
    /// @param rejected rows refused
    /// @param line     one of the refused; 0 if there is none
    /// @param reason   what the report says of that line, or a part of it
    record Trained(long usable, long rejected, long line, String reason) implements End {
        @Override
        public String words() {
            return rejected == 0
                    ? "`archive/`: %d trained".formatted(usable)
                    : "`archive/`: %d trained, %d refused; line %d: %s".formatted(usable, rejected, line, reason);
        }
    }

    /// In `failed/`, with a report.
    ///
    /// @param reason what the report says of the file, or a part of it
    /// @param why    what it says of the first line, or a part of it; empty if there is none
    record GivenUp(String reason, String why) implements End {
        @Override
        public String words() {
            return "`failed/`: it " + reason + (why.isEmpty() ? "" : "; " + why);
        }
    }

    /// In the inbox, with a line in the log.
    ///
    /// @param reason what the log says; empty where nothing is to be said
    record Stays(String reason) implements End {
        @Override
        public String words() {
            return reason.isEmpty() ? "stays, without a word" : "stays, and the log says: it " + reason;
        }
    }

    static HostileCase of(String what, String name, String content, End end) {
        return of(what, name, content.getBytes(StandardCharsets.UTF_8), end);
    }

    static HostileCase of(String what, String name, byte[] content, End end) {
        return of(what, name.getBytes(StandardCharsets.UTF_8), content, end);
    }

    static HostileCase of(String what, byte[] name, byte[] content, End end) {
        return new HostileCase(what, name, (shell, inbox, path) -> shell.write(inbox, path, content), end);
    }

    /// A row that can be trained, and is in no other file.
    static String good(String what) {
        return "{\"text\": \"a good row, beside %s\"}\n".formatted(what.replaceAll("[^A-Za-z0-9 ]", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
