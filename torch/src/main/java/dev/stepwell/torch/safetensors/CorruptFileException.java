package dev.stepwell.torch.safetensors;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/// A file is not what it claims to be; the message names it and says what is wrong.
public final class CorruptFileException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    public CorruptFileException(Path file, String problem) {
        super(file.getFileName() + ": " + problem);
    }

    public CorruptFileException(Path file, String problem, Throwable cause) {
        super(file.getFileName() + ": " + problem, cause);
    }
}
