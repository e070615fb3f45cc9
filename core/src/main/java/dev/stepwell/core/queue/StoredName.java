package dev.stepwell.core.queue;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The names files have once they are taken: `<id>__<name>`, so that no two can clash.
///
/// The name as dropped is kept in the database. On disk, control characters become `_`, and what is too long for a
/// file system once `.report.json` and the marks of a temporary file are added loses the end of its stem.
final class StoredName {
    static final String REPORT_SUFFIX = ".report.json";

    private static final int FILE_NAME_BYTES = 255;
    private static final int TEMPORARY_MARKS = ".".length() + ".tmp".length();
    static final int MAX_BYTES = FILE_NAME_BYTES - REPORT_SUFFIX.length() - TEMPORARY_MARKS;
    private static final Pattern PATTERN = Pattern.compile("(\\d{1,18})__(.*)", Pattern.DOTALL);
    private static final int LONGEST_EXTENSION = 16;

    private StoredName() {}

    /// The name under which the file `id`, dropped as `name`, is kept on `fileSystem`.
    static String of(long id, String name, FileSystem fileSystem) {
        String printable = name.codePoints()
                .map(c -> Character.isISOControl(c) || c == '/' || c == '\\' ? '_' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        String stored = shortened(id + "__", printable);
        try {
            return fileSystem.getPath(stored).toString();
        } catch (InvalidPathException _) { // The process's locale cannot write the name: keep what any can.
            return shortened(id + "__", printable.replaceAll("[^\\x20-\\x7e]|[<>:\"|?*]", "_"));
        }
    }

    /// The id at the front of a stored name, if it is one.
    static OptionalLong idOf(String storedName) {
        Matcher matcher = PATTERN.matcher(storedName);
        return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /// What follows the id in a stored name; the whole name if it has none.
    static String nameOf(String storedName) {
        Matcher matcher = PATTERN.matcher(storedName);
        return matcher.matches() ? matcher.group(2) : storedName;
    }

    private static String shortened(String prefix, String name) {
        if (bytes(prefix + name) <= MAX_BYTES) {
            return prefix + name;
        }
        int dot = name.lastIndexOf('.');
        String extension = dot > 0 && name.length() - dot <= LONGEST_EXTENSION ? name.substring(dot) : "";
        String tail = "~" + extension;
        int room = MAX_BYTES - bytes(prefix + tail);
        StringBuilder stem = new StringBuilder();
        int used = 0;
        for (int codePoint : name.codePoints().toArray()) {
            used += bytes(Character.toString(codePoint));
            if (used > room) {
                break;
            }
            stem.appendCodePoint(codePoint);
        }
        return prefix + stem + tail;
    }

    private static int bytes(String s) {
        return s.getBytes(StandardCharsets.UTF_8).length;
    }
}
