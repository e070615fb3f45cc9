package dev.stepwell.core.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ReadOnlyFileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a disk, and not the program, is to blame for.
public enum StorageFault {
    /// No bytes, no inodes or no quota left. Goes away by itself when somebody makes room.
    NO_SPACE("DiskFull", "make room on the disk"),
    /// The files may not be written by this user, or by nobody.
    NOT_PERMITTED("NotPermitted", "see who may write there, and whether the disk is mounted read-only"),
    /// The device, or a mount, fails.
    DEVICE("DiskError", "see what the system's log says about the disk");

    private static final int SQLITE_READONLY = 8;
    private static final int SQLITE_IOERR = 10;
    private static final int SQLITE_FULL = 13;
    private static final int SQLITE_CANTOPEN = 14;
    private static final int PRIMARY_CODE = 0xff;

    /// The JDK has no type for these: they are the operating system's words. Linux and macOS, quota, Windows.
    private static final List<String> NO_SPACE_WORDS =
            List.of("no space left", "disk quota exceeded", "not enough space on the disk");

    private static final List<String> NOT_PERMITTED_WORDS =
            List.of("permission denied", "read-only file system", "operation not permitted", "access is denied");
    private static final List<String> DEVICE_WORDS =
            List.of("input/output error", "stale file handle", "structure needs cleaning", "no such device");

    private final String type;
    private final String remedy;

    StorageFault(String type, String remedy) {
        this.type = type;
        this.remedy = remedy;
    }

    /// Its short name in the status file.
    public String type() {
        return type;
    }

    /// What a person can do, to be put into a sentence.
    public String remedy() {
        return remedy;
    }

    /// Which fault `thrown`, or what caused it, tells of; empty if none.
    public static Optional<StorageFault> of(@Nullable Throwable thrown) {
        // The bound is for causes that go in a circle.
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 32; depth++) {
            Optional<StorageFault> fault = ofOne(cause);
            if (fault.isPresent()) {
                return fault;
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    private static Optional<StorageFault> ofOne(Throwable thrown) {
        return switch (thrown) {
            case AccessDeniedException _, ReadOnlyFileSystemException _ -> Optional.of(NOT_PERMITTED);
            case SQLException e -> ofSqlite(e.getErrorCode() & PRIMARY_CODE);
            case IOException e -> ofWords(e.getMessage());
            default -> Optional.empty();
        };
    }

    private static Optional<StorageFault> ofSqlite(int code) {
        return switch (code) {
            case SQLITE_FULL -> Optional.of(NO_SPACE);
            case SQLITE_READONLY, SQLITE_CANTOPEN -> Optional.of(NOT_PERMITTED);
            case SQLITE_IOERR -> Optional.of(DEVICE);
            default -> Optional.empty();
        };
    }

    private static Optional<StorageFault> ofWords(@Nullable String message) {
        if (message == null) {
            return Optional.empty();
        }
        String words = message.toLowerCase(Locale.ROOT);
        if (NO_SPACE_WORDS.stream().anyMatch(words::contains)) {
            return Optional.of(NO_SPACE);
        }
        if (NOT_PERMITTED_WORDS.stream().anyMatch(words::contains)) {
            return Optional.of(NOT_PERMITTED);
        }
        return DEVICE_WORDS.stream().anyMatch(words::contains) ? Optional.of(DEVICE) : Optional.empty();
    }
}
