package dev.stepwell.monitor.web;

import java.nio.file.Path;

/// A file of a certificate or its key is not what it has to be. The message names the file.
public final class CertificateFileException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Path file;

    CertificateFileException(Path file, String message) {
        super(message);
        this.file = file;
    }

    CertificateFileException(Path file, String message, Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    /// Which one.
    public Path file() {
        return file;
    }
}
