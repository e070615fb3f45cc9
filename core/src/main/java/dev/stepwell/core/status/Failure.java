package dev.stepwell.core.status;

/// An error that is shown until something new succeeds.
///
/// @param type    short name, such as `NonFiniteLoss`
/// @param message what happened, to which file, and what can be done
public record Failure(String type, String message) {
    /// What `cause` says of itself.
    public static Failure of(Throwable cause) {
        String message = cause.getMessage();
        return new Failure(cause.getClass().getSimpleName(), message == null ? cause.toString() : message);
    }
}
