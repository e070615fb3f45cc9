package dev.stepwell.torch;

import dev.stepwell.core.status.Failure;
import dev.stepwell.core.training.FailureType;
import java.util.Locale;
import java.util.Optional;

/// Turns what libtorch throws into failures with a name. C++ exceptions arrive as a bare `RuntimeException` whose
/// message is the C++ one, often with a native stack trace behind it.
public final class NativeErrors {
    private static final int SHOWN = 300;

    private NativeErrors() {}

    /// The failure that `thrown` stands for, if it came out of native code or is a want of memory; empty if it is a
    /// fault of ours, which nobody should mistake for an expected one.
    public static Optional<Failure> translate(Throwable thrown) {
        String message = firstLine(thrown);
        if (isOutOfMemory(thrown)) {
            return Optional.of(new Failure(
                    FailureType.OUT_OF_MEMORY.word(),
                    "Out of memory: " + message + ". Set gradient_checkpointing to true or dtype to \"bf16\", or lower"
                            + " max_length; the number of rows computed at once is halved by itself."));
        }
        if (!isNative(thrown)) {
            return Optional.empty();
        }
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("index out of range") || lower.contains("out of bounds")) {
            return Optional.of(new Failure(
                    FailureType.INDEX_OUT_OF_RANGE.word(),
                    "A token id or position is outside the model: " + message
                            + ". Does the tokenizer belong to this model?"));
        }
        if (lower.contains("shape") || lower.contains("size of tensor") || lower.contains("dimension")) {
            return Optional.of(
                    new Failure(FailureType.SHAPE_MISMATCH.word(), "Tensors do not fit together: " + message));
        }
        return Optional.of(new Failure(FailureType.NATIVE_ERROR.word(), "libtorch failed: " + message));
    }

    /// Whether memory was short, Java's or that of the device.
    static boolean isOutOfMemory(Throwable thrown) {
        String lower = firstLine(thrown).toLowerCase(Locale.ROOT);
        return thrown instanceof OutOfMemoryError
                || lower.contains("out of memory")
                || lower.contains("not enough memory")
                || lower.contains("can't allocate memory")
                || lower.contains("bad_alloc");
    }

    /// An exception made in C++ has the native method as the first frame of its trace.
    private static boolean isNative(Throwable thrown) {
        StackTraceElement[] trace = thrown.getStackTrace();
        return thrown.getClass() == RuntimeException.class
                && trace.length > 0
                && trace[0].getClassName().startsWith("org.bytedeco.");
    }

    /// What was thrown, in a line.
    static String firstLine(Throwable thrown) {
        String message = thrown.getMessage();
        if (message == null || message.isBlank()) {
            return thrown.getClass().getSimpleName();
        }
        String line = message.strip().lines().findFirst().orElseThrow();
        return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
    }
}
