package dev.stepwell.core.status;

import dev.stepwell.core.io.DiskSpace;
import dev.stepwell.core.io.StorageFault;
import java.util.Optional;

/// An error that is shown until something new succeeds.
///
/// @param type    short name, such as `NonFiniteLoss`
/// @param message what happened, to which file, and what can be done
public record Failure(String type, String message) {
    /// A disk that has too little space for what is to be written next.
    public static Failure of(DiskSpace space) {
        return new Failure(StorageFault.NO_SPACE.type(), space.shortage());
    }

    /// What `cause` says of itself.
    public static Failure of(Throwable cause) {
        Optional<StorageFault> fault = StorageFault.of(cause);
        if (fault.isPresent()) {
            return new Failure(
                    fault.get().type(),
                    "%s. To go on, %s and start again; nothing that was saved is lost."
                            .formatted(cause, fault.get().remedy()));
        }
        String message = cause.getMessage();
        return new Failure(cause.getClass().getSimpleName(), message == null ? cause.toString() : message);
    }
}
